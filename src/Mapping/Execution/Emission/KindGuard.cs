using System.Linq.Expressions;
using Mapping.Functions;

namespace Mapping.Execution.Emission;

/// <summary>Cheap tests for arguments that coercion would leave as they are; all others are put to it.</summary>
internal static class KindGuard
{
    /// <summary>Null when there is no cheap test.</summary>
    public static Expression? For(ParameterType type, Expression value) => type switch
    {
        ParameterType.Any => Expression.Not(Instructions.IsError(value)),
        ParameterType.String => Instructions.IsText(value),
        ParameterType.Bool => Instructions.Call(Runtime.IsBool, value),
        ParameterType.Int64 => Instructions.Call(Runtime.IsInt64, value),
        ParameterType.Float64 => Instructions.Call(Runtime.IsFloat64, value),
        _ => null,
    };
}
