using Mapping.Functions;
using Mapping.Values;

namespace Mapping.Builtins.Objects;

/// <summary><c>keys</c>, <c>values</c>, <c>key_values</c>, <c>map_each_key</c>: in byte order of the keys.</summary>
internal static class Members
{
    /// <summary>With more keys than this it is found out at the end, for all at once, whether they are different.</summary>
    private const int Many = 4096;

    public static readonly Builtin Keys = BuiltinBuilder
        .Method("keys", Category.Objects, "Gives the keys of an object, sorted.")
        .On(Accepts.Object)
        .Returns("array")
        .Example("", "root = this.keys()", ("""{"b":1,"a":2}""", """["a","b"]"""))
        .Example("", "root = this.keys()", ("{}", "[]"))
        .Body(KeysOf);

    public static readonly Builtin Values = BuiltinBuilder
        .Method("values", Category.Objects, "Gives the values of an object in the order of its sorted keys.")
        .On(Accepts.Object)
        .Returns("array")
        .Example("", "root = this.values()", ("""{"b":1,"a":2}""", "[2,1]"))
        .Example("", "root = this.values()", ("{}", "[]"))
        .Body(ValuesOf);

    public static readonly Builtin KeyValues = BuiltinBuilder
        .Method("key_values", Category.Objects, "Gives the members of an object, sorted by key, as objects of `key` and `value`.")
        .On(Accepts.Object)
        .Returns("array")
        .GivesPairs(PairKeys.KeyAndValue)
        .Example("", "root = this.key_values()", ("""{"b":1,"a":2}""", """[{"key":"a","value":2},{"key":"b","value":1}]"""))
        .Example("", "root = this.key_values()", ("{}", "[]"))
        .Body(PairsOf);

    public static readonly Builtin MapEachKey = BuiltinBuilder
        .Method("map_each_key", Category.Objects, "Applies a query to each key of an object.")
        .Flow(ValueFlow.MapsKeys)
        .On(Accepts.Object)
        .Returns("object")
        .MakesNew()
        .Parameter("query", ParameterType.Query, "Sees the key and gives the new one; nothing() keeps it.")
        .Example("", "root = this.map_each_key(key -> key.uppercase())", ("""{"a":1,"b":2}""", """{"A":1,"B":2}"""))
        .Example("Rename some.", "root = this.map_each_key(key -> if key == \"a\" { \"z\" })", ("""{"a":1,"b":2}""", """{"z":1,"b":2}"""))
        .Body(Rename);

    private static Value KeysOf(EvaluationContext context, Value target)
    {
        using var members = new OrderedMembers(context, target);
        ArrayNode result = context.Arena.NewArray(members.InSourceOrder.Length);
        foreach (Member member in members.Sorted)
        {
            result.Add(member.Key);
        }

        return Value.FromArray(result);
    }

    private static Value ValuesOf(EvaluationContext context, Value target)
    {
        using var members = new OrderedMembers(context, target);
        ArrayNode result = context.Arena.NewArray(members.InSourceOrder.Length);
        foreach (Member member in members.Sorted)
        {
            result.Add(member.Value.Frozen());
        }

        return Value.FromArray(result);
    }

    private static Value PairsOf(EvaluationContext context, Value target)
    {
        using var members = new OrderedMembers(context, target);
        ArrayNode result = context.Arena.NewPairs(PairKeys.KeyAndValue, members.InSourceOrder.Length);
        foreach (ref readonly Member member in members.Sorted)
        {
            result.AddPair(member.Key, member.Value);
        }

        return context.Checked(Value.FromArray(result));
    }

    private static Value Rename(EvaluationContext context, Value target, Value argument)
    {
        Query query = argument.AsQuery<Query>();
        if (target.Document is { } document && KeyRenames.TryRename(context, document, target.DocumentIndex, query) is { } quick)
        {
            return Value.FromObject(quick);
        }

        return query.Nature.IsQuiet && RenameInAnyOrder(context, target, query) is { } result
            ? Value.FromObject(result)
            : RenameInOrder(context, target, query);
    }

    /// <summary>As the members stand in the object; null on an error, because that of the smallest key is to be told.</summary>
    private static ObjectNode? RenameInAnyOrder(EvaluationContext context, Value target, Query query)
    {
        int count = target.Count;
        ObjectNode result = context.Arena.NewObject(count);
        foreach (Member member in target.Members)
        {
            Value renamed = query.Evaluate(context, member.Key);
            if (!renamed.IsNothing && !renamed.IsString)
            {
                return null;
            }

            Value key = renamed.IsNothing ? member.Key : renamed;
            if (count > Many)
            {
                result.AddNew(key, member.Value.Frozen());
            }
            else
            {
                result.Set(key, member.Value.Frozen());
            }
        }

        return count > Many && result.MayRepeatKeys() ? WithoutRepeats(context, result) : result;
    }

    private static ObjectNode WithoutRepeats(EvaluationContext context, ObjectNode source)
    {
        ObjectNode result = context.Arena.NewObject(source.Count);
        foreach (ref readonly Member member in source.Slots)
        {
            result.Set(member.Key, member.Value);
        }

        return result;
    }

    private static Value RenameInOrder(EvaluationContext context, Value target, Query query)
    {
        using var members = new OrderedMembers(context, target);
        foreach (ref Member member in members.Sorted)
        {
            Value renamed = query.Evaluate(context, member.Key);
            if (renamed.IsError)
            {
                return renamed.AsError().Within("key mapping failed: ");
            }

            if (!renamed.IsNothing)
            {
                if (!renamed.IsString)
                {
                    return Mismatch.ErrorAt("unexpected result from key mapping", "string", renamed);
                }

                member.Key = renamed;
            }
        }

        ObjectNode result = context.Arena.NewObject(members.InSourceOrder.Length);
        foreach (ref readonly Member member in members.InSourceOrder)
        {
            result.Set(member.Key, member.Value.Frozen());
        }

        return Value.FromObject(result);
    }
}
