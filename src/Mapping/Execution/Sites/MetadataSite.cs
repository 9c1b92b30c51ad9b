using Mapping.Functions;
using Mapping.Ir;
using Mapping.Text;
using Mapping.Values;

namespace Mapping.Execution.Sites;

/// <summary><c>@</c> or <c>@key</c> at its place.</summary>
internal sealed class MetadataSite(BoundMetadata node, SourceText source)
{
    public Value Read(EvaluationContext context)
    {
        Value metadata = context.Metadata;
        if (!metadata.IsObject)
        {
            return Failure.Located(Value.Fail("there is no message and so no metadata"), source, node.Span);
        }

        return node.Key is not { } key ? metadata.Frozen() : metadata.TryGetMember(key, out Value value) ? value.Frozen() : Value.Null;
    }
}
