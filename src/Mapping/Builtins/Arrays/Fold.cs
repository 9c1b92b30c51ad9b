using Mapping.Functions;
using Mapping.Values;

namespace Mapping.Builtins.Arrays;

/// <summary><c>fold</c>.</summary>
internal static class Fold
{
    public static readonly Builtin Declaration = BuiltinBuilder
        .Method("fold", Category.Objects, "Combines the elements of an array, one after another, into a single value.")
        .Flow(ValueFlow.Folds)
        .On(Accepts.Array)
        .Parameter("initial", ParameterType.Any, "The value to start with.")
        .Query("query", "Sees the members `tally`, the value so far, and `value`, the element; gives the next value.", PairKeys.TallyAndValue)
        .Example("", "root = this.fold(0, item -> item.tally + item.value)", ("[3,8,11]", "22"))
        .Example("Build an object.", "root = this.fold({}, item -> item.tally.merge(item.value))", ("""[{"a":1},{"b":2}]""", """{"a":1,"b":2}"""))
        .Body(Run);

    private static Value Run(EvaluationContext context, Value target, Value initial, Value argument)
    {
        Query query = argument.AsQuery<Query>();
        Value tally = initial;
        foreach (Value element in target.Elements)
        {
            tally = query.Evaluate(context, PairKeys.TallyAndValue, tally, element);
            if (tally.IsError)
            {
                return tally;
            }
        }

        return context.Checked(tally);
    }
}
