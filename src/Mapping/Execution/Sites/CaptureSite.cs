using Mapping.Functions;
using Mapping.Ir;
using Mapping.Text;
using Mapping.Values;

namespace Mapping.Execution.Sites;

/// <summary><c>name -> body</c> directly on the message document.</summary>
internal sealed class CaptureSite(BoundCapture node, SourceText source)
{
    /// <summary>The document has to be readable; false, with the error to return, when it is not.</summary>
    public bool TryCapture(EvaluationContext context, out Value error)
    {
        Value captured = context.Document();
        error = captured.IsError ? Failure.Located(captured.AsError().Within($"failed to capture context {node.Name}: "), source, node.Span) : default;
        return !captured.IsError;
    }
}
