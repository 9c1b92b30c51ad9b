using Mapping.Functions;
using Mapping.Ir;
using Mapping.Text;
using Mapping.Values;

namespace Mapping.Execution.Sites;

/// <summary><c>name -> body</c> directly on the message document.</summary>
internal sealed class CaptureSite(BoundCapture node, SourceText source)
{
    /// <summary>The document, or the error of the capture when it is unreadable.</summary>
    public Value Capture(EvaluationContext context)
    {
        Value captured = context.Document();
        return captured.IsError ? Failure.Located(captured.AsError().Within($"failed to capture context {node.Name}: "), source, node.Span) : captured;
    }
}
