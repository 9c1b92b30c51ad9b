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

    private static Value OverObject(EvaluationContext context, Value target, Query query)
    {
        using var members = new OrderedMembers(target);
        int kept = 0;
        foreach (ref OrderedMembers.Entry member in members.Sorted)
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
        foreach (ref readonly OrderedMembers.Entry member in members.InSourceOrder)
        {
            if (!member.Value.IsDeleted)
            {
                result.AddNew(member.Key, member.Value.Frozen());
            }
        }

        return Value.FromObject(result);
    }
}
