using System.Text.Json;

namespace Mapping.Conformance.Runner;

/// <summary>The deliberate differences from the reference, by case id, each with its reason.</summary>
public sealed class DifferenceList
{
    internal const string FileName = "differences.yaml";

    private readonly Dictionary<string, string> reasons = new(StringComparer.Ordinal);

    public static DifferenceList Empty { get; } = new();

    /// <summary>The list that belongs to this engine.</summary>
    public static DifferenceList Own { get; } = LoadOwn();

    /// <summary>The ids in the form of the suite: <c>language/arith/0012</c>.</summary>
    public IEnumerable<string> Ids => reasons.Keys;

    public static DifferenceList Parse(string yaml)
    {
        var list = new DifferenceList();
        using JsonDocument document = JsonDocument.Parse(YamlJson.Convert(yaml));
        if (document.RootElement.ValueKind != JsonValueKind.Array)
        {
            throw new CaseFormatException("the differences must be a list of objects with id and reason");
        }

        foreach (JsonElement entry in document.RootElement.EnumerateArray())
        {
            string? id = entry.TryGetProperty("id", out JsonElement given) ? given.GetString() : null;
            string? reason = entry.TryGetProperty("reason", out JsonElement why) ? why.GetString() : null;
            if (id is null || string.IsNullOrWhiteSpace(reason))
            {
                throw new CaseFormatException($"the difference {id} needs an id and a reason");
            }

            if (!list.reasons.TryAdd(Normalize(id), reason))
            {
                throw new CaseFormatException($"the difference {id} is listed twice");
            }
        }

        return list;
    }

    public bool TryGetReason(string id, out string? reason) => reasons.TryGetValue(Normalize(id), out reason);

    /// <summary>The vectors say <c>lang</c> where the suite says <c>language</c>.</summary>
    internal static string Normalize(string id) =>
        id.StartsWith("lang/", StringComparison.Ordinal) ? string.Concat("language/", id.AsSpan("lang/".Length)) : id;

    private static DifferenceList LoadOwn()
    {
        using Stream stream = typeof(DifferenceList).Assembly.GetManifestResourceStream(FileName)
            ?? throw new InvalidOperationException("the list of differences is not part of the assembly");
        using var reader = new StreamReader(stream);
        return Parse(reader.ReadToEnd());
    }
}
