using Mapping.Functions;
using Mapping.Ir;
using Mapping.Text;
using Mapping.Values;

namespace Mapping.Execution.Sites;

/// <summary><c>.apply(name)</c> at its place.</summary>
internal sealed class ApplySite(BoundApplyStep step, SourceText source)
{
    /// <summary>False when the name is no text; it is then the error.</summary>
    public bool TryName(ref Value name)
    {
        if (name.IsText)
        {
            return true;
        }

        name = name.IsError ? name : Failure.WrongType("string", name, step.Name, source);
        return false;
    }

    public Value Apply(EvaluationContext context, Value target, Value name, Value caller)
    {
        Value result = context.Checked(context.ApplyMap(name.AsHostString(), target, caller));
        return result.IsError ? Failure.Located(result, source, step.Span) : result;
    }
}
