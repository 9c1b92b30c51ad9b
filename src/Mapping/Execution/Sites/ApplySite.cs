using Mapping.Functions;
using Mapping.Ir;
using Mapping.Text;
using Mapping.Values;

namespace Mapping.Execution.Sites;

/// <summary><c>.apply(name)</c> at its place.</summary>
internal sealed class ApplySite(BoundApplyStep step, SourceText source)
{
    /// <summary>The error for a name that is no text.</summary>
    public Value RefuseName(Value name) => name.IsError ? name : Failure.WrongType("string", name, step.Name, source);

    public Value Apply(EvaluationContext context, Value target, Value name, Value caller)
    {
        Value result = context.Checked(context.ApplyMap(name.AsHostString(), target, caller));
        return result.IsError ? Failure.Located(result, source, step.Span) : result;
    }
}
