using Mapping.Ir;
using Mapping.Text;
using Mapping.Values;

namespace Mapping.Execution.Sites;

/// <summary>An object literal under construction.</summary>
internal sealed class ObjectSite(BoundObject node, SourceText source)
{
    /// <summary>The error for a key that is no text.</summary>
    public Value RefuseKey(Value key, int index) => Failure.ObjectKey(key, node.Entries[index].Key, source);

    /// <summary>A member whose value is a sentinel vanishes.</summary>
    public static void Set(ObjectNode target, Value key, Value value)
    {
        if (!value.IsSentinel)
        {
            target.Set(key.ToStringKind(), value);
        }
    }

    /// <summary>Puts the error of a member's value into words.</summary>
    public static Value Fail(Value error, Value key) => error.AsError().Within($"failed to resolve '{key.AsHostString()}' value: ");
}
