using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.Core.Tokens;
using AnchorAlias = YamlDotNet.Core.Tokens.AnchorAlias;
using DocumentEnd = YamlDotNet.Core.Tokens.DocumentEnd;
using DocumentStart = YamlDotNet.Core.Tokens.DocumentStart;
using Scalar = YamlDotNet.Core.Tokens.Scalar;
using StreamEnd = YamlDotNet.Core.Tokens.StreamEnd;
using StreamStart = YamlDotNet.Core.Tokens.StreamStart;
using Written = YamlDotNet.Core.Events;

namespace Mapping.Pipeline.Config;

/// <summary>
/// The events of YAML as it is mostly written: one document without directives, tags and oddities. The library's parser knows the tags of
/// every text, for which it compiles regular expressions that cost a short run more than all of its configuration; so it is left to it
/// what is rare, and to say what is wrong.
/// </summary>
internal sealed class PlainYaml : IParser
{
    private const int DeepestNesting = 200;

    private readonly Scanner scanner;
    private readonly List<ParsingEvent> events = [];
    private int depth;
    private int next;

    private PlainYaml(string text) => scanner = new Scanner(new StringReader(text));

    public ParsingEvent? Current { get; private set; }

    private Token? Token => scanner.Current;

    /// <summary>Its events, or null when the text is of another kind or not YAML at all.</summary>
    public static IParser? TryParse(string text)
    {
        var yaml = new PlainYaml(text);
        try
        {
            return yaml.ReadStream() ? yaml : null;
        }
        catch (Exception error) when (error is YamlException or InvalidOperationException)
        {
            return null;
        }
    }

    public bool MoveNext()
    {
        Current = next < events.Count ? events[next++] : null;
        return Current is not null;
    }

    private bool ReadStream()
    {
        scanner.MoveNext();
        if (Token is not StreamStart stream)
        {
            return false;
        }

        Pass(new Written.StreamStart(stream.Start, stream.End));
        if (Token is DocumentStart start)
        {
            Pass(new Written.DocumentStart(null, null, isImplicit: false, start.Start, start.End));
        }
        else if (Token is { } first)
        {
            events.Add(new Written.DocumentStart(null, null, isImplicit: true, first.Start, first.End));
        }

        if (!ReadNode(isBlock: true, mayBeUnindented: false))
        {
            return false;
        }

        if (Token is DocumentEnd end)
        {
            Pass(new Written.DocumentEnd(isImplicit: false, end.Start, end.End));
        }
        else if (Token is { } last)
        {
            events.Add(new Written.DocumentEnd(isImplicit: true, last.Start, last.Start));
        }

        if (Token is not StreamEnd over)
        {
            return false;
        }

        events.Add(new Written.StreamEnd(over.Start, over.End));
        return true;
    }

    /// <param name="isBlock">Whether it may be a block collection.</param>
    /// <param name="mayBeUnindented">Whether it may be a list whose dashes stand below their key.</param>
    private bool ReadNode(bool isBlock, bool mayBeUnindented)
    {
        if (Token is AnchorAlias alias)
        {
            Pass(new Written.AnchorAlias(alias.Value, alias.Start, alias.End));
            return true;
        }

        if (Token is not { Start: var start } || ++depth > DeepestNesting)
        {
            return false;
        }

        // Not the empty name of the library, which brings a regular expression with it.
        AnchorName name = default;
        if (Token is Anchor anchor)
        {
            name = anchor.Value;
            scanner.MoveNext();
        }

        bool isRead = Token switch
        {
            Scalar scalar => Pass(new Written.Scalar(name, default, scalar.Value, scalar.Style, scalar.Style == ScalarStyle.Plain, scalar.Style != ScalarStyle.Plain, start, scalar.End)),
            BlockMappingStart block when isBlock => Pass(new MappingStart(name, default, isImplicit: true, MappingStyle.Block, start, block.End)) && ReadBlockMapping(),
            BlockSequenceStart block when isBlock => Pass(new SequenceStart(name, default, isImplicit: true, SequenceStyle.Block, start, block.End)) && ReadBlockSequence(),
            BlockEntry entry when mayBeUnindented => Add(new SequenceStart(name, default, isImplicit: true, SequenceStyle.Block, start, entry.End)) && ReadUnindentedSequence(),
            FlowMappingStart flow => Pass(new MappingStart(name, default, isImplicit: true, MappingStyle.Flow, start, flow.End)) && ReadFlowMapping(),
            FlowSequenceStart flow => Pass(new SequenceStart(name, default, isImplicit: true, SequenceStyle.Flow, start, flow.End)) && ReadFlowSequence(),
            _ => false,
        };
        depth--;
        return isRead;
    }

    private bool ReadBlockMapping()
    {
        while (Token is Key key)
        {
            scanner.MoveNext();
            if (!(Token is Key or Value or BlockEnd ? AddEmpty(key.End) : ReadNode(isBlock: true, mayBeUnindented: true)))
            {
                return false;
            }

            if (Token is not Value value)
            {
                return false;
            }

            scanner.MoveNext();
            if (!(Token is Key or Value or BlockEnd ? AddEmpty(value.End) : ReadNode(isBlock: true, mayBeUnindented: true)))
            {
                return false;
            }
        }

        return Token is BlockEnd end && Pass(new MappingEnd(end.Start, end.End));
    }

    private bool ReadBlockSequence()
    {
        while (Token is BlockEntry entry)
        {
            scanner.MoveNext();
            if (!(Token is BlockEntry or BlockEnd ? AddEmpty(entry.End) : ReadNode(isBlock: true, mayBeUnindented: false)))
            {
                return false;
            }
        }

        return Token is BlockEnd end && Pass(new SequenceEnd(end.Start, end.End));
    }

    private bool ReadUnindentedSequence()
    {
        while (Token is BlockEntry entry)
        {
            scanner.MoveNext();
            if (!(Token is BlockEntry or Key or Value or BlockEnd ? AddEmpty(entry.End) : ReadNode(isBlock: true, mayBeUnindented: false)))
            {
                return false;
            }
        }

        // What ends it belongs to the mapping around it.
        return Token is { } after && Add(new SequenceEnd(after.Start, after.End));
    }

    private bool ReadFlowMapping()
    {
        while (Token is Key)
        {
            scanner.MoveNext();
            if (!ReadNode(isBlock: false, mayBeUnindented: false) || Token is not Value)
            {
                return false;
            }

            scanner.MoveNext();
            if (!(Token is FlowEntry or FlowMappingEnd ? AddEmpty(Token.Start) : ReadNode(isBlock: false, mayBeUnindented: false)) || !EndsFlowEntry<FlowMappingEnd>())
            {
                return false;
            }
        }

        return Token is FlowMappingEnd end && Pass(new MappingEnd(end.Start, end.End));
    }

    private bool ReadFlowSequence()
    {
        while (Token is not (FlowSequenceEnd or Key))
        {
            if (!ReadNode(isBlock: false, mayBeUnindented: false) || !EndsFlowEntry<FlowSequenceEnd>())
            {
                return false;
            }
        }

        return Token is FlowSequenceEnd end && Pass(new SequenceEnd(end.Start, end.End));
    }

    /// <summary>Behind an entry of a flow collection there is a comma or the end.</summary>
    private bool EndsFlowEntry<TEnd>()
        where TEnd : Token => Token is FlowEntry ? scanner.MoveNext() : Token is TEnd;

    private bool AddEmpty(Mark place) => Add(new Written.Scalar(default, default, string.Empty, ScalarStyle.Plain, isPlainImplicit: true, isQuotedImplicit: false, place, place));

    private bool Add(ParsingEvent read)
    {
        events.Add(read);
        return true;
    }

    /// <summary>As <see cref="Add"/>, and goes on to the next token.</summary>
    private bool Pass(ParsingEvent read)
    {
        events.Add(read);
        return scanner.MoveNext();
    }
}
