using Mapping.Values;

namespace Mapping.Execution.Sites;

/// <summary>An array literal under construction.</summary>
internal static class ArraySite
{
    /// <summary>Sentinels vanish.</summary>
    public static void Add(ArrayNode array, Value value)
    {
        if (!value.IsSentinel)
        {
            array.Add(value);
        }
    }

    /// <summary>Puts the error of an element into words.</summary>
    public static Value Fail(Value error, int index) => error.AsError().Within($"failed to resolve value index {index}: ");
}
