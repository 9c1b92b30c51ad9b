using System.Linq.Expressions;
using Mapping.Functions;

namespace Mapping.Execution.Emission;

/// <summary>Cheap tests for values that coercion would leave as they are; all others are put to it.</summary>
internal static class KindGuard
{
    /// <summary>For a target; null when there is no cheap test.</summary>
    public static Expression? For(Accepts accepts, Expression value) =>
        accepts.HasFlag(Accepts.AsTimestamp) ? null
            : accepts.HasFlag(Accepts.Text) ? Instructions.Call(Runtime.IsText, value)
            : accepts == Accepts.Bool ? Instructions.Call(Runtime.IsBool, value)
            : null;

    /// <summary>For an argument; null when there is no cheap test.</summary>
    public static Expression? For(ParameterType type, Expression value) => type switch
    {
        ParameterType.Any => Expression.Not(Instructions.IsError(value)),
        ParameterType.String => Instructions.Call(Runtime.IsText, value),
        ParameterType.Bool => Instructions.Call(Runtime.IsBool, value),
        ParameterType.Int64 => Instructions.Call(Runtime.IsInt64, value),
        ParameterType.Float64 => Instructions.Call(Runtime.IsFloat64, value),
        _ => null,
    };
}
