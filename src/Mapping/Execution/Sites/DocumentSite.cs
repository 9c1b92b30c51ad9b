using System.Runtime.CompilerServices;
using Mapping.Functions;
using Mapping.Text;
using Mapping.Values;

namespace Mapping.Execution.Sites;

/// <summary>A place that reads the message document, whole or by a path.</summary>
internal sealed class DocumentSite(FieldPath? path, SourceText source, TextSpan span)
{
    public Value Read(EvaluationContext context)
    {
        Value value = path is null ? context.Document() : context.ReadDocument(path);
        return value.IsError ? Locate(value) : value;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private Value Locate(Value error) => Failure.Located(error, source, span);
}
