using System.Runtime.CompilerServices;
using Mapping.Functions;
using Mapping.Ir;
using Mapping.Text;
using Mapping.Values;

namespace Mapping.Execution.Sites;

/// <summary><c>meta key = value</c> at its place.</summary>
internal sealed class MetaAssignmentSite(BoundMetaAssignment node, SourceText source)
{
    private readonly FieldPath? key = node.Key is { } name ? FieldPath.FromKeys([name]) : null;

    /// <summary>Carries the assignment out; gives what went wrong, the value being an error included, or null.</summary>
    public EvaluationError? Assign(EvaluationContext context, Value value)
    {
        if (value.IsError)
        {
            return value.AsError();
        }

        if (key is not null && !context.IsInMap && !value.IsSentinel && !value.IsContainer && context.Metadata.ObjectNode is { } node)
        {
            SetMember(context, node, key.Segments[0], value);
            return null;
        }

        return AssignSlowly(context, value);
    }

    /// <summary>The usual statement: one more name with a plain value.</summary>
    private static void SetMember(EvaluationContext context, ObjectNode node, PathSegment name, Value value)
    {
        context.IsMetadataChanged = true;
        if (node.IsFrozen)
        {
            node = node.Count == 0 ? Begin(context) : context.Metadata.CopyObject(context.Arena);
            context.Metadata = Value.FromObject(node);
        }

        node.Set(name, context.MetadataHome is { } home ? value.Detach(home) : value);
    }

    /// <summary>Metadata that begins here is made where it stays.</summary>
    private static ObjectNode Begin(EvaluationContext context)
    {
        context.MetadataHome = context.Current.FreeMetadataHome;
        return (context.MetadataHome ?? context.Arena).NewObject();
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private EvaluationError? AssignSlowly(EvaluationContext context, Value value)
    {
        context.MetadataHome = null;
        if (context.IsInMap || !context.Metadata.IsObject)
        {
            return Error(context.IsInMap ? "metadata can't be assigned in a map" : "there is no message and so no metadata");
        }

        return value.IsNothing ? null : key is null ? Replace(context, value) : Set(context, key, value);
    }

    private EvaluationError? Replace(EvaluationContext context, Value value)
    {
        context.IsMetadataChanged = true;
        if (!value.IsObject && !value.IsDeleted)
        {
            return Error($"setting all metadata requires an object value, received: {value.TypeName}");
        }

        context.Metadata = value.IsDeleted ? Value.FromObject(context.Arena.NewObject()) : value.Frozen();
        return null;
    }

    private static EvaluationError? Set(EvaluationContext context, FieldPath key, Value value)
    {
        context.IsMetadataChanged = true;
        Value metadata = context.Metadata;
        if (value.IsDeleted)
        {
            PathAssignment.Delete(ref metadata, key, context.Arena);
        }
        else
        {
            PathAssignment.Assign(ref metadata, key, value, context.Arena);
        }

        context.Metadata = metadata;
        return null;
    }

    private EvaluationError Error(string message)
    {
        var error = new EvaluationError(ErrorKind.WrongType, message);
        error.Locate(source, node.Span);
        return error;
    }
}
