using Mapping.Functions;
using Mapping.Values;

namespace Mapping.Builtins.General;

/// <summary>Unevaluated arguments; a default stands there as the plain value.</summary>
internal static class Lazily
{
    public static Value Evaluate(EvaluationContext context, Value argument) =>
        argument.Kind == ValueKind.Query ? argument.AsQuery<Query>().Evaluate(context) : argument;
}
