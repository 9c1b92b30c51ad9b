using Mapping.Values;

namespace Mapping.Functions;

/// <summary>Calls a builtin of any shape with coerced arguments; for folding and for calls too wide to be specialised.</summary>
internal static class Invocation
{
    /// <param name="builtin">What to call.</param>
    /// <param name="state">The prepared state; null unless the builtin is prepared.</param>
    /// <param name="context">The evaluation it belongs to.</param>
    /// <param name="target">The coerced target; null for functions.</param>
    /// <param name="arguments">In declared order; absent optional ones are <see cref="Value.Absent"/>.</param>
    public static Value Invoke(Builtin builtin, object? state, EvaluationContext context, Value target, ReadOnlySpan<Value> arguments) =>
        builtin.Body switch
        {
            MethodBody body => body(context, target),
            MethodBody1 body => body(context, target, arguments[0]),
            MethodBody2 body => body(context, target, arguments[0], arguments[1]),
            MethodBodyN body => body(context, target, arguments),
            PreparedBody<object> body => body(context, target, state!, arguments),
            FunctionBody body => body(context),
            FunctionBody1 body => body(context, arguments[0]),
            FunctionBodyN body => body(context, arguments),
            _ => throw new InvalidOperationException($"the body of {builtin.Name} has an unknown shape"),
        };
}
