using Mapping.Functions;
using Mapping.Ir;
using Mapping.Values;

namespace Mapping.Execution.Sites;

/// <summary><c>target.get(name)</c>: a prepared builtin of one argument that is known only when it is evaluated.</summary>
internal sealed class PreparedSite(BoundCall call)
{
    private readonly PreparedStates states = new(call.Builtin);
    private readonly PreparedBody<object> body = (PreparedBody<object>)call.Builtin.Body;

    public static bool Fits(BoundCall call) =>
        call is { PreparesEachTime: true, Arguments: [{ IsQuery: false }], Builtin: { IsPreparedForGood: true, Body: PreparedBody<object> } };

    /// <param name="context">The evaluation it belongs to.</param>
    /// <param name="target">The received target.</param>
    /// <param name="argument">Coerced and no error.</param>
    public Value Invoke(EvaluationContext context, Value target, Value argument)
    {
        Preparation preparation = states.Prepare(context.Services, new ReadOnlySpan<Value>(in argument));
        return preparation.Error is { } problem ? Value.Fail(problem) : body(context, target, preparation.State!, new ReadOnlySpan<Value>(in argument));
    }
}
