using Mapping.Functions;
using Mapping.Values;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Mapping.Builtins.Parsing;

/// <summary>Builds a value from the events of a YAML parser.</summary>
internal sealed class YamlLoader(EvaluationContext context, IParser events)
{
    private const int MaxDepth = 500;
    private const long MaxNodes = 5_000_000;

    private readonly Dictionary<AnchorName, (Value Value, long Nodes)> anchors = [];
    private int depth;

    /// <summary>The first document, which must be the only one; null when there is none. YAML exceptions pass.</summary>
    public Value Load()
    {
        events.MoveNext();
        events.MoveNext();
        if (events.Current is not DocumentStart)
        {
            return Value.Null;
        }

        events.MoveNext();
        Value value = Read(out _);
        events.MoveNext();
        return events.Current is StreamEnd ? value : throw Problem("there is more than one document");
    }

    /// <summary>Reads a node, after which the next event is current. Aliases count as what they stand for.</summary>
    private Value Read(out long nodes)
    {
        if (++depth > MaxDepth)
        {
            throw Problem("the document nests too deeply");
        }

        Value value;
        switch (events.Current)
        {
            case AnchorAlias alias:
                if (!anchors.TryGetValue(alias.Value, out (Value Value, long Nodes) known))
                {
                    throw Problem($"unknown anchor '{alias.Value}'");
                }

                (value, nodes) = known;
                events.MoveNext();
                break;
            case Scalar scalar:
                value = YamlScalar.Resolve(context, scalar) ?? throw Problem($"the text '{scalar.Value}' does not fit its tag");
                nodes = 1;
                events.MoveNext();
                Remember(scalar.Anchor, value, nodes);
                break;
            case SequenceStart sequence:
                value = ReadSequence(out nodes);
                Remember(sequence.Anchor, value, nodes);
                break;
            case MappingStart mapping:
                value = ReadMapping(out nodes);
                Remember(mapping.Anchor, value, nodes);
                break;
            default:
                throw Problem("unexpected end of the document");
        }

        depth--;
        return value;
    }

    private void Remember(AnchorName anchor, Value value, long nodes)
    {
        if (!anchor.IsEmpty)
        {
            anchors[anchor] = (value.Frozen(), nodes);
        }
    }

    private Value ReadSequence(out long nodes)
    {
        ArrayNode array = context.Arena.NewArray();
        nodes = 1;
        events.MoveNext();
        while (events.Current is not SequenceEnd)
        {
            array.Add(Read(out long inner));
            nodes = Sum(nodes, inner);
        }

        events.MoveNext();
        return Value.FromArray(array);
    }

    private Value ReadMapping(out long nodes)
    {
        ObjectNode result = context.Arena.NewObject();
        var merged = new List<Value>();
        nodes = 1;
        events.MoveNext();
        while (events.Current is not MappingEnd)
        {
            bool isMerge = events.Current is Scalar { Value: "<<", Style: ScalarStyle.Plain };
            Value key = Read(out _);
            if (!key.IsString)
            {
                throw Problem("the keys of an object must be strings");
            }

            Value value = Read(out long inner);
            nodes = Sum(nodes, inner);
            if (isMerge)
            {
                merged.Add(value);
            }
            else if (result.ContainsKey(key.AsSpan()))
            {
                throw Problem($"the key '{key.AsHostString()}' is already defined");
            }
            else
            {
                result.AddNew(key, value);
            }
        }

        events.MoveNext();
        foreach (Value source in merged)
        {
            Merge(result, source);
        }

        return Value.FromObject(result);
    }

    /// <summary>Members of the object itself, and of sources named earlier, win.</summary>
    private void Merge(ObjectNode target, Value source)
    {
        if (source.IsArray)
        {
            foreach (Value element in source.Elements)
            {
                Merge(target, element.IsObject ? element : Value.Null);
            }

            return;
        }

        if (!source.IsObject)
        {
            throw Problem("a merge needs an object or an array of objects");
        }

        foreach (Member member in source.Members)
        {
            if (!target.ContainsKey(member.Key.AsSpan()))
            {
                target.AddNew(member.Key, member.Value.Frozen());
            }
        }
    }

    private long Sum(long nodes, long inner)
    {
        long sum = nodes + inner;
        return sum <= MaxNodes && context.TryGrow(0, out _) ? sum : throw Problem("the document is too large");
    }

    private YamlException Problem(string message) => new(events.Current?.Start ?? Mark.Empty, events.Current?.End ?? Mark.Empty, message);
}
