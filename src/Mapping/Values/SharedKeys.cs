using System.Collections.Concurrent;
using System.Text;

namespace Mapping.Values;

/// <summary>
/// Keys that are written in mappings and patterns. The same key is the same bytes of the same owner wherever it comes from, so that a look at
/// the reference mostly finds a member.
/// </summary>
internal static class SharedKeys
{
    private const int Most = 16 * 1024;
    private const int LongestKey = 64;

    private static readonly ConcurrentDictionary<string, Value> Known = new();

    public static Value Of(ReadOnlySpan<byte> content)
    {
        if (content.Length > LongestKey)
        {
            return Value.FromKey(content);
        }

        string name = Encoding.Latin1.GetString(content);
        if (Known.TryGetValue(name, out Value shared))
        {
            return shared;
        }

        // Mappings that come from messages must not fill the memory.
        Value key = Value.FromKey(content);
        return Known.Count < Most ? Known.GetOrAdd(name, key) : key;
    }
}
