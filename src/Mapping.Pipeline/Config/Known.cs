using Mapping.Diagnostics;

namespace Mapping.Pipeline.Config;

/// <summary>Says which names there are.</summary>
internal static class Known
{
    private const int MostShown = 12;

    /// <summary>The name that was probably meant, or all of them when they are few.</summary>
    public static string? Hint(string name, IEnumerable<string> names)
    {
        string[] known = [.. names.Order(StringComparer.Ordinal)];
        return Suggestion.Hint(name, known) ?? (known.Length is > 0 and <= MostShown ? "there is " + Listed(known) : null);
    }

    /// <summary>As in <c>a, b and c</c>.</summary>
    public static string Listed(IReadOnlyList<string> names) => names.Count switch
    {
        0 => "none",
        1 => names[0],
        _ => string.Join(", ", names.Take(names.Count - 1)) + " and " + names[^1],
    };
}
