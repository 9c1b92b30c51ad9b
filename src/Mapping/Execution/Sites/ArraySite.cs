using Mapping.Values;

namespace Mapping.Execution.Sites;

/// <summary>An array literal under construction.</summary>
internal static class ArraySite
{
    /// <summary>Adds an element, unless it is a sentinel; false when it is an error, which is then put into words.</summary>
    public static bool TryAdd(ArrayNode array, ref Value value, int index)
    {
        if (value.IsError)
        {
            value = value.AsError().Within($"failed to resolve value index {index}: ");
            return false;
        }

        if (!value.IsSentinel)
        {
            array.Add(value);
        }

        return true;
    }
}
