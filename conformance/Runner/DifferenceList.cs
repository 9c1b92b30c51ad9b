using System.Text.Json;

namespace Mapping.Conformance.Runner;

/// <summary>The deliberate differences from the reference, by case id, each with its reason.</summary>
public sealed class DifferenceList
{
    internal const string FileName = "differences.yaml";

    /// <summary>How ids of the vectors begin, and how the suite, which has a folder for each set, calls the same cases.</summary>
    private static readonly (string Vectors, string Suite)[] Forms =
    [
        ("lang/", "language/"),
        ("method/", "builtins/"),
        ("function/", "builtins/function-"),
        ("interp/", "builtins/interpolation-"),
        ("mutation/", "builtins/mutation-"),
        ("combo/", "builtins/combined-"),
    ];

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

    /// <summary>The suite's form of an id that has the form of the vectors.</summary>
    internal static string Normalize(string id)
    {
        foreach ((string vectors, string suite) in Forms)
        {
            if (id.StartsWith(vectors, StringComparison.Ordinal))
            {
                return string.Concat(suite, id.AsSpan(vectors.Length));
            }
        }

        return id;
    }

    private static DifferenceList LoadOwn()
    {
        using Stream stream = typeof(DifferenceList).Assembly.GetManifestResourceStream(FileName)
            ?? throw new InvalidOperationException("the list of differences is not part of the assembly");
        using var reader = new StreamReader(stream);
        return Parse(reader.ReadToEnd());
    }
}
