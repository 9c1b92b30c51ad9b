using Mapping.Functions;
using Mapping.Values;
using Mapping.Values.Json;

namespace Mapping.Builtins.Parsing;

/// <summary>Turns the numbers of a parsed document into floats.</summary>
internal static class FloatNumbers
{
    public static Value Of(EvaluationContext context, Value value)
    {
        if (!value.IsContainer)
        {
            return Scalar(value);
        }

        // Containers are copied once their parent exists; without recursion, since documents may be deep.
        var pending = new Stack<(Value Source, Value Copy)>();
        Value root = Shell(context, value);
        pending.Push((value, root));
        while (pending.TryPop(out (Value Source, Value Copy) pair))
        {
            Value failure = Fill(context, pair.Source, pair.Copy, pending);
            if (failure.IsError)
            {
                return failure;
            }
        }

        return root;
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
