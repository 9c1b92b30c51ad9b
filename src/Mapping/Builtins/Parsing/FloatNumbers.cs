using Mapping.Functions;
using Mapping.Values;
using Mapping.Values.Json;

namespace Mapping.Builtins.Parsing;

/// <summary>Turns the numbers of a parsed document into floats.</summary>
internal static class FloatNumbers
{
    /// <summary>Numbers of one object that are noted as changes of the document's; with more of them the object is copied.</summary>
    private const int MostNoted = 16;

    [ThreadStatic]
    private static Stack<(Value Source, Value Copy)>? spare;

    /// <summary>The whole document; as it stands where it has no numbers, and with its numbers changed where that is little work.</summary>
    public static Value Of(EvaluationContext context, Document document)
    {
        if (AreWrittenSo(document))
        {
            document.ReadsFloats = true;
            return Value.FromDocument(document, document.RootIndex);
        }

        return TryNote(context, document, out Value noted) ? noted : Of(context, Value.FromDocument(document, document.RootIndex));
    }

    /// <summary>Whether all numbers are written as their floats would be: most are.</summary>
    private static bool AreWrittenSo(Document document)
    {
        foreach (ref readonly TapeEntry entry in document.Entries)
        {
            if (entry.Kind == JsonKind.Number && !NumberText.IsOfFloat(document.Buffer, entry.Offset, entry.Length))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Makes objects whose numbers are direct members the document's object with those members changed.</summary>
    private static bool TryNote(EvaluationContext context, Document document, out Value result)
    {
        result = default;
        ObjectNode? node = null;
        int end = document.EntryCount;
        int noted = 0;
        int next = document.RootIndex + 1;
        for (int i = document.RootIndex; i < end; i++)
        {
            ref readonly TapeEntry entry = ref document.EntryAt(i);
            if (entry.Kind != JsonKind.Number)
            {
                continue;
            }

            if (node is null)
            {
                if (document.KindAt(document.RootIndex) != JsonKind.Object || document.HasDuplicateKeys(document.RootIndex))
                {
                    return false;
                }

                node = context.Arena.NewObject();
                node.BeginAs(document, document.RootIndex);
            }

            // The member that the number is in must be the number itself.
            while (document.NextAt(next + 1) <= i)
            {
                next = document.NextAt(next + 1);
            }

            if (next + 1 != i || noted++ == MostNoted || !NumberText.TryDouble(document.TextAt(entry.Offset, entry.Length), out double number))
            {
                return false;
            }

            node.NoteChange(next, Value.FromFloat64(number));
        }

        result = node is null ? Value.FromDocument(document, document.RootIndex) : Value.FromObject(node);
        return true;
    }

    /// <summary>A copy of a value with floats for numbers.</summary>
    public static Value Of(EvaluationContext context, Value value)
    {
        if (!value.IsContainer)
        {
            return Scalar(value);
        }

        // Containers are copied once their parent exists; without recursion, since documents may be deep.
        Stack<(Value Source, Value Copy)> pending = spare ?? new();
        spare = null;
        Value root = Shell(context, value);
        Value failure = Fill(context, value, root, pending);
        while (!failure.IsError && pending.TryPop(out (Value Source, Value Copy) pair))
        {
            failure = Fill(context, pair.Source, pair.Copy, pending);
        }

        if (pending.Count == 0)
        {
            spare = pending;
        }

        return failure.IsError ? failure : root;
    }

    private static Value Fill(EvaluationContext context, Value source, Value copy, Stack<(Value Source, Value Copy)> pending)
    {
        if (copy.ArrayNode is { } array)
        {
            foreach (Value element in source.Elements)
            {
                Value value = element.IsContainer ? Pend(context, element, pending) : Scalar(element);
                if (value.IsError)
                {
                    return value;
                }

                array.Add(value);
            }

            return Value.Null;
        }

        ObjectNode target = copy.ObjectNode!;
        foreach (Member member in source.Members)
        {
            Value value = member.Value.IsContainer ? Pend(context, member.Value, pending) : Scalar(member.Value);
            if (value.IsError)
            {
                return value;
            }

            target.AddNew(member.Key, value);
        }

        return Value.Null;
    }

    private static Value Pend(EvaluationContext context, Value container, Stack<(Value Source, Value Copy)> pending)
    {
        if (!context.TryGrow(32L * container.Count, out Value exceeded))
        {
            return exceeded;
        }

        Value shell = Shell(context, container);
        pending.Push((container, shell));
        return shell;
    }

    /// <summary>An empty copy, as deep as the whole document may be: its contents come later.</summary>
    private static Value Shell(EvaluationContext context, Value source)
    {
        if (source.IsArray)
        {
            ArrayNode array = context.Arena.NewArray(source.Count);
            array.RaiseDepth(source.Depth);
            return Value.FromArray(array);
        }

        ObjectNode node = context.Arena.NewObject(source.Count);
        node.RaiseDepth(source.Depth);
        return Value.FromObject(node);
    }

    private static Value Scalar(Value value)
    {
        if (!value.IsLexical)
        {
            return value;
        }

        return NumberText.TryDouble(value.AsSpan(), out double number) && double.IsFinite(number)
            ? Value.FromFloat64(number)
            : Value.Fail($"failed to parse value as json: number {value.AsHostString()} is out of range");
    }
}
