using System.Runtime.CompilerServices;
using Mapping.Functions;
using Mapping.Text;
using Mapping.Values;

namespace Mapping.Execution.Sites;

/// <summary>A place that reads the message document, whole or by a path.</summary>
internal sealed class DocumentSite(FieldPath? path, SourceText source, TextSpan span)
{
    private readonly PathSegment? first = path is { HasWildcard: false, Length: > 0 } ? path.Segments[0] : null;
    private readonly PathSegment[] rest = path is { Length: > 0 } ? path.Segments[1..].ToArray() : [];

    /// <summary>The method that reads.</summary>
    public Evaluator Read => first is not null && rest.Length == 0 ? ReadField : ReadPath;

    /// <summary>The usual field of the usual message: where it was in the last one. Without calls of its own it keeps no registers.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private Value ReadField(EvaluationContext context)
    {
        if (context.PlainDocument is { } document && document.GuessRootMember(first!) is > 0 and int index)
        {
            return Value.FromDocument(document, index);
        }

        return ReadAnywhere(context);
    }

    private Value ReadPath(EvaluationContext context)
    {
        if (first is not null && context.PlainDocument is { } document)
        {
            int index = document.GuessRootMember(first);
            for (int i = 0; i < rest.Length && index > 0; i++)
            {
                index = document.FindMember(index, rest[i]);
            }

            if (index > 0)
            {
                return Value.FromDocument(document, index);
            }
        }

        return ReadAnywhere(context);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private Value ReadAnywhere(EvaluationContext context)
    {
        Value value = path is null ? context.Document() : context.ReadDocument(path);
        return value.IsError ? Failure.Located(value, source, span) : value;
    }
}
