using Mapping.Functions;
using Mapping.Values;

namespace Mapping.Builtins.Arrays;

/// <summary><c>any</c>, <c>all</c>.</summary>
internal static class Quantifiers
{
    public static readonly Builtin Any = BuiltinBuilder
        .Method("any", Category.Objects, "Tells whether a query gives true for at least one element of an array.")
        .Flow(ValueFlow.TestsElements)
        .On(Accepts.Array)
        .Returns("bool")
        .Parameter("test", ParameterType.Query, "Must give a bool; elements after the first true are not tested.")
        .Example("", "root = this.any(n -> n > 2)", ("[1,2,3]", "true"))
        .Example("False for an empty array.", "root = this.any(n -> true)", ("[]", "false"))
        .Body(static (context, target, query) => Decide(context, target, query.AsQuery<Query>(), decisive: true));

    public static readonly Builtin All = BuiltinBuilder
        .Method("all", Category.Objects, "Tells whether a query gives true for every element of an array.")
        .Flow(ValueFlow.TestsElements)
        .On(Accepts.Array)
        .Returns("bool")
        .Parameter("test", ParameterType.Query, "Must give a bool; elements after the first false are not tested.")
        .Example("", "root = this.all(n -> n > 2)", ("[3,4]", "true"), ("[1,4]", "false"))
        .Example("False for an empty array.", "root = this.all(n -> true)", ("[]", "false"))
        .Body(static (context, target, query) => Decide(context, target, query.AsQuery<Query>(), decisive: false));

    /// <summary>The first element that gives <paramref name="decisive"/> decides.</summary>
    private static Value Decide(EvaluationContext context, Value target, Query query, bool decisive)
    {
        int position = 0;
        foreach (Value element in target.Elements)
        {
            Value test = query.Evaluate(context, element);
            if (test.IsError)
            {
                return test.AsError().Within($"element {position}: ", $"{position}");
            }

            if (!test.IsBool)
            {
                return Mismatch.ErrorAt($"element {position}", "bool", test);
            }

            if (test.AsBool() == decisive)
            {
                return Value.FromBool(decisive);
            }

            position++;
        }

        return Value.FromBool(!decisive && position > 0);
    }
}
