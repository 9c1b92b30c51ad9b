using Mapping.Builtins.Objects;
using Mapping.Functions;
using Mapping.Values;

namespace Mapping.Builtins.Arrays;

/// <summary><c>map_each</c>.</summary>
internal static class MapEach
{
    public static readonly Builtin Declaration = BuiltinBuilder
        .Method("map_each", Category.Objects, "Applies a query to each element of an array, or to the value of each member of an object.")
        .Flow(ValueFlow.MapsElements)
        .On(Accepts.Array | Accepts.Object)
        .Returns("same")
        .Query("query", "Gives the new element; deleted() drops it, nothing() keeps it. For objects it sees the members `key` and `value`.", PairKeys.KeyAndValue)
        .Example("", "root = this.map_each(n -> n * 2)", ("[1,2.5]", "[2,5]"))
        .Example("Drop some elements.", "root = this.map_each(n -> if n < 0 { deleted() } else { n })", ("[1,-2,3]", "[1,3]"))
        .Example("The members of an object.", "root = this.map_each(item -> item.key + item.value)", ("""{"a":"x","b":"y"}""", """{"a":"ax","b":"by"}"""))
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

        ArrayNode result = context.Arena.NewArray(target.Count);
        int position = 0;
        foreach (Value element in target.Elements)
        {
            Value mapped = query.Evaluate(context, element);
            if (mapped.IsError)
            {
                return mapped.AsError().Within($"failed to process element {position}: ", $"{position}");
            }

            position++;
            if (!mapped.IsDeleted)
            {
                result.Add((mapped.IsNothing ? element : mapped).Frozen());
            }
        }

        return context.Checked(Value.FromArray(result));
    }

    private static Value OverPairs(EvaluationContext context, ArrayNode pairs, PairKeys keys, Query query)
    {
        ArrayNode result = context.Arena.NewArray(pairs.Count);
        for (int i = 0; i < pairs.Count; i++)
        {
            Value first = pairs.FirstOfPair(i);
            Value second = pairs.SecondOfPair(i);
            Value mapped = query.Evaluate(context, keys, first, second);
            if (mapped.IsError)
            {
                return mapped.AsError().Within($"failed to process element {i}: ", $"{i}");
            }

            if (!mapped.IsDeleted)
            {
                result.Add(mapped.IsNothing ? Value.FromObject(keys.Make(context.Arena, first, second)).Frozen() : mapped.Frozen());
            }
        }

        return context.Checked(Value.FromArray(result));
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
            Value mapped = query.Evaluate(context, PairKeys.KeyAndValue, member.Key, member.Value);
            if (mapped.IsError)
            {
                if (first.IsFinal(member.Key, mapped))
                {
                    break;
                }
            }
            else if (!mapped.IsDeleted)
            {
                result.AddNew(member.Key, (mapped.IsNothing ? member.Value : mapped).Frozen());
            }
        }

        return first.Error is { } error ? Failed(error, first.Key) : context.Checked(Value.FromObject(result));
    }

    private static Value Failed(EvaluationError error, Value key) =>
        error.Within($"failed to process element {key.AsHostString()}: ", key.AsHostString(), isMember: true);

    /// <summary>Evaluated in the order of the keys, as everything a mapping can see; the result keeps the order of the source.</summary>
    private static Value InOrder(EvaluationContext context, Value target, Query query)
    {
        using var members = new OrderedMembers(context, target);
        foreach (ref Member member in members.Sorted)
        {
            Value mapped = query.Evaluate(context, PairKeys.KeyAndValue, member.Key, member.Value);
            if (mapped.IsError)
            {
                return Failed(mapped.AsError(), member.Key);
            }

            if (!mapped.IsNothing)
            {
                member.Value = mapped;
            }
        }

        ObjectNode result = context.Arena.NewObject(members.InSourceOrder.Length);
        foreach (ref readonly Member member in members.InSourceOrder)
        {
            if (!member.Value.IsDeleted)
            {
                result.AddNew(member.Key, member.Value.Frozen());
            }
        }

        return context.Checked(Value.FromObject(result));
    }
}
