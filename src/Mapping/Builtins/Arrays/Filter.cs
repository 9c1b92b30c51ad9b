using Mapping.Builtins.Objects;
using Mapping.Functions;
using Mapping.Values;

namespace Mapping.Builtins.Arrays;

/// <summary><c>filter</c>.</summary>
internal static class Filter
{
    public static readonly Builtin Declaration = BuiltinBuilder
        .Method("filter", Category.Objects, "Keeps the elements of an array, or the members of an object, for which a query gives true.")
        .Flow(ValueFlow.SelectsElements)
        .On(Accepts.Array | Accepts.Object)
        .Returns("same")
        .GivesElements()
        .Query("test", "Anything but true drops the element. For objects it sees the members `key` and `value`.", PairKeys.KeyAndValue)
        .Example("", "root = this.filter(n -> n > 1)", ("[1,2,3]", "[2,3]"))
        .Example("The members of an object.", "root = this.filter(item -> item.value != null)", ("""{"a":1,"b":null}""", """{"a":1}"""))
        .Body(Run);

    private static Value Run(EvaluationContext context, Value target, Value argument)
    {
        Query query = argument.AsQuery<Query>();
        return target.IsArray ? OverArray(context, target, query) : OverObject(context, target, query);
    }

    private static Value OverArray(EvaluationContext context, Value target, Query query)
    {
        if (target.ArrayNode is { Pairs: { } keys } pairs && query.TakesApart(keys))
        {
            return OverPairs(context, pairs, keys, query);
        }

        int position = 0;
        ArrayNode result = context.Arena.NewArray();
        foreach (Value element in target.Elements)
        {
            Value kept = query.Evaluate(context, element);
            if (kept.IsError)
            {
                return kept.AsError().AtElement($"{position}");
            }

            position++;
            if (kept.IsTrue)
            {
                result.Add(element.Frozen());
            }
        }

        return Value.FromArray(result);
    }

    private static Value OverPairs(EvaluationContext context, ArrayNode pairs, PairKeys keys, Query query)
    {
        ArrayNode result = context.Arena.NewPairs(keys, 0);
        for (int i = 0; i < pairs.Count; i++)
        {
            Value first = pairs.FirstOfPair(i);
            Value second = pairs.SecondOfPair(i);
            Value kept = query.Evaluate(context, keys, first, second);
            if (kept.IsError)
            {
                return kept.AsError().AtElement($"{i}");
            }

            if (kept.IsTrue)
            {
                result.AddPair(first, second);
            }
        }

        return Value.FromArray(result);
    }

    private static Value OverObject(EvaluationContext context, Value target, Query query) =>
        query.Nature.IsQuiet ? InAnyOrder(context, target, query) : InOrder(context, target, query);

    /// <summary>As the members stand in the object. Of several errors that of the smallest key is told: the first one in the order of the keys.</summary>
    private static Value InAnyOrder(EvaluationContext context, Value target, Query query)
    {
        ObjectNode result = context.Arena.NewObject(target.Count);
        var first = new FirstFailure();
        foreach (Member member in target.Members)
        {
            Value test = query.Evaluate(context, PairKeys.KeyAndValue, member.Key, member.Value);
            if (test.IsError)
            {
                if (first.IsFinal(member.Key, test))
                {
                    break;
                }
            }
            else if (test.IsTrue)
            {
                result.AddNew(member.Key, member.Value.Frozen());
            }
        }

        return first.Error is { } error ? error.AtElement(first.Key.AsHostString(), isMember: true) : Value.FromObject(result);
    }

    private static Value InOrder(EvaluationContext context, Value target, Query query)
    {
        using var members = new OrderedMembers(context, target);
        int kept = 0;
        foreach (ref Member member in members.Sorted)
        {
            Value test = query.Evaluate(context, PairKeys.KeyAndValue, member.Key, member.Value);
            if (test.IsError)
            {
                return test.AsError().AtElement(member.Key.AsHostString(), isMember: true);
            }

            if (test.IsTrue)
            {
                kept++;
            }
            else
            {
                member.Value = Value.Deleted;
            }
        }

        ObjectNode result = context.Arena.NewObject(kept);
        foreach (ref readonly Member member in members.InSourceOrder)
        {
            if (!member.Value.IsDeleted)
            {
                result.AddNew(member.Key, member.Value.Frozen());
            }
        }

        return Value.FromObject(result);
    }
}
