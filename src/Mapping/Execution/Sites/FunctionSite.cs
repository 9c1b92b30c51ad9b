using Mapping.Functions;
using Mapping.Ir;
using Mapping.Text;
using Mapping.Values;

namespace Mapping.Execution.Sites;

/// <summary>A function at its place in an expression.</summary>
internal sealed class FunctionSite(BoundCall call, SourceText source)
{
    private readonly string name = $"function {call.Builtin.Name}";

    /// <summary>The limits look at containers; an error learns who failed and where.</summary>
    public Value Finish(EvaluationContext context, Value result)
    {
        if (result.IsContainer)
        {
            result = context.Checked(result);
        }

        if (result.IsError)
        {
            result.AsError().Annotate(name);
            result.AsError().Locate(source, call.Span);
        }

        return result;
    }
}
