using Mapping.Ir;
using Mapping.Text;
using Mapping.Values;

namespace Mapping.Execution.Sites;

/// <summary>An object literal under construction.</summary>
internal sealed class ObjectSite(BoundObject node, SourceText source)
{
    /// <summary>False when the key is no text; it is then the error.</summary>
    public bool TryKey(ref Value key, int index)
    {
        if (key.IsText)
        {
            return true;
        }

        key = Failure.ObjectKey(key, node.Entries[index].Key, source);
        return false;
    }

    /// <summary>Sets a member, unless the value is a sentinel; false when it is an error, which is then put into words.</summary>
    public static bool TrySet(ObjectNode target, Value key, ref Value value)
    {
        if (value.IsError)
        {
            value = value.AsError().Within($"failed to resolve '{key.AsHostString()}' value: ");
            return false;
        }

        if (!value.IsSentinel)
        {
            target.Set(key.ToStringKind(), value);
        }

        return true;
    }
}
