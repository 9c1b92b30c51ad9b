using System.Text;
using Mapping.Pipeline.Config;

namespace Mapping.Pipeline.Components.Caches;

/// <summary>Fields that caches in memory share.</summary>
internal static class CacheFields
{
    public static Field<IReadOnlyList<KeyValuePair<string, string>>> InitValues { get; } =
        Fields.Map("init_values", Fields.TextValue, "Keys and values it begins with; they do not expire.").Default("{}").Example("{ de: Germany, fr: France }");

    public static Field<bool> Optimistic { get; } =
        Fields.Bool("optimistic", "Understood and of no effect: adding a key only if it is absent is always one step.").Default("false").Advanced();

    public static IEnumerable<(string Key, ReadOnlyMemory<byte> Value)> Bytes(IReadOnlyList<KeyValuePair<string, string>> values) =>
        values.Select(v => (v.Key, (ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes(v.Value)));
}
