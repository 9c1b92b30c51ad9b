using Mapping.Diagnostics;
using Mapping.Text;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Mapping.Pipeline.Config;

/// <summary>YAML text to nodes: anchors, aliases and <c>&lt;&lt;</c> merges are resolved, every node keeps its place.</summary>
internal sealed class YamlReader
{
    private const int DeepestNesting = 200;
    private const int MostNodes = 1_000_000;

    private readonly SourceText source;
    private readonly Problems problems;
    private readonly ReferenceShield shield;
    private readonly Parser parser;
    private readonly Dictionary<AnchorName, (ConfigNode Node, int Nodes)> anchors = [];
    private TextSpan lastRead;
    private int depth;
    private int nodes;

    private YamlReader(SourceText source, Problems problems)
    {
        this.source = source;
        this.problems = problems;
        shield = ReferenceShield.Of(source.Content);
        parser = new Parser(new StringReader(shield.Text));
    }

    /// <summary>The only document of the text; null when it is not YAML, which is then among the problems. An empty text is an empty object.</summary>
    public static ConfigNode? Read(SourceText source, Problems problems)
    {
        var reader = new YamlReader(source, problems);
        try
        {
            return reader.ReadDocument();
        }
        catch (YamlException error)
        {
            int start = Math.Min((int)error.Start.Index, source.Content.Length);
            problems.Error(DiagnosticCodes.InvalidYaml, source, new TextSpan(start, Math.Max(1, (int)error.End.Index - start)), "this is not YAML: " + Wording(error));
            return null;
        }
        catch (InvalidOperationException)
        {
            // The library gives up on some texts without a reason; what was read last is near it.
            problems.Error(DiagnosticCodes.InvalidYaml, source, reader.lastRead, "this is not YAML: what begins here does not end as it should", "look for a brace, bracket or quote that is not closed");
            return null;
        }
    }

    /// <summary>A value of our own, which is right.</summary>
    public static ConfigNode ReadValue(SourceText source) => new YamlReader(source, new Problems()).ReadDocument(isValue: true);

    /// <summary>The library's reason without its position, which is shown anyway.</summary>
    private static string Wording(YamlException error)
    {
        string text = (error.InnerException is YamlException inner ? inner : error).Message;
        int colon = text.StartsWith('(') ? text.IndexOf("): ", StringComparison.Ordinal) : -1;
        text = (colon < 0 ? text : text[(colon + 3)..]).TrimEnd('.').ReplaceLineEndings(" ");
        return text.Length == 0 ? text : char.ToLowerInvariant(text[0]) + text[1..];
    }

    private ConfigNode ReadDocument(bool isValue = false)
    {
        parser.Consume<StreamStart>();
        if (parser.Accept<StreamEnd>(out _))
        {
            return new MapNode(source, default, []);
        }

        parser.Consume<DocumentStart>();
        ConfigNode node = ReadNode();
        parser.Consume<DocumentEnd>();
        if (parser.Accept<DocumentStart>(out DocumentStart? second))
        {
            throw new SemanticErrorException(second.Start, second.End, "there is more than one document");
        }

        return node.IsNull && !isValue ? new MapNode(source, node.Span, []) : node;
    }

    private ConfigNode ReadNode()
    {
        ParsingEvent current = parser.Current ?? Next();
        if (++depth > DeepestNesting || ++nodes > MostNodes)
        {
            throw new SemanticErrorException(current.Start, current.End, "the document is too deep or too large");
        }

        int before = nodes;
        lastRead = new TextSpan((int)current.Start.Index, 1);
        parser.MoveNext();
        ConfigNode node;
        switch (current)
        {
            case AnchorAlias alias:
                node = Resolve(alias);
                break;
            case Scalar scalar:
                bool isPlain = scalar.Style == ScalarStyle.Plain && (scalar.Tag.IsEmpty || scalar.Tag.IsNonSpecific);
                bool isRetyped = !scalar.Tag.IsEmpty && !scalar.Tag.IsNonSpecific && scalar.Tag.Value != "tag:yaml.org,2002:str";
                node = new ScalarNode(source, SpanOf(scalar), shield.Restore(scalar.Value), isPlain || isRetyped, ScalarOrigins.Of(scalar, shield.Text));
                Remember(scalar.Anchor, node, before);
                break;
            case SequenceStart sequence:
                var items = new List<ConfigNode>();
                while (!parser.TryConsume<SequenceEnd>(out _))
                {
                    items.Add(ReadNode());
                }

                node = new ListNode(source, SpanOf(sequence), items);
                Remember(sequence.Anchor, node, before);
                break;
            default:
                var mapping = (MappingStart)current;
                node = ReadMap(mapping);
                Remember(mapping.Anchor, node, before);
                break;
        }

        depth--;
        return node;
    }

    private MapNode ReadMap(MappingStart start)
    {
        var map = new MapNode(source, SpanOf(start), []);
        var merged = new List<MapNode>();
        while (!parser.TryConsume<MappingEnd>(out _))
        {
            ParsingEvent at = parser.Current ?? Next();
            if (ReadNode() is not ScalarNode key)
            {
                throw new SemanticErrorException(at.Start, at.End, "a key must be a plain text");
            }

            ConfigNode value = ReadNode();
            if (key is { Text: "<<", IsPlain: true })
            {
                merged.AddRange(value is ListNode list ? list.Items.OfType<MapNode>() : [.. new[] { value }.OfType<MapNode>()]);
            }
            else if (map.Find(key.Text) is { } first)
            {
                int line = source.PositionOf(first.Key.Span.Start).Line;
                problems.Error(DiagnosticCodes.DuplicateKey, source, key.Span, $"the key \"{key.Text}\" is repeated", $"it stands in line {line} already");
            }
            else
            {
                map.Entries.Add(new MapEntry(key, value));
            }
        }

        foreach (MapEntry entry in merged.SelectMany(m => m.Entries).Where(e => map.Find(e.Key.Text) is null))
        {
            map.Entries.Add(entry);
        }

        return map;
    }

    private ConfigNode Resolve(AnchorAlias alias)
    {
        if (!anchors.TryGetValue(alias.Value, out (ConfigNode Node, int Nodes) known))
        {
            throw new SemanticErrorException(alias.Start, alias.End, "there is no such anchor above");
        }

        // What an alias stands for counts again, so that aliases of aliases cannot grow without bound.
        nodes += known.Nodes;
        return known.Node;
    }

    private void Remember(AnchorName anchor, ConfigNode node, int before)
    {
        if (!anchor.IsEmpty)
        {
            anchors[anchor] = (node, nodes - before);
        }
    }

    private ParsingEvent Next()
    {
        parser.MoveNext();
        return parser.Current!;
    }

    private TextSpan SpanOf(ParsingEvent node) => TextSpan.FromBounds((int)node.Start.Index, Math.Min(source.Content.Length, Math.Max((int)node.Start.Index, (int)node.End.Index)));
}
