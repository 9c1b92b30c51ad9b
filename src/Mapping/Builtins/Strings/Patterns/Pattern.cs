using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.RegularExpressions;

namespace Mapping.Builtins.Strings.Patterns;

/// <summary>
/// A compiled pattern: RE2 syntax, matched in time linear in the subject by the host's automaton engine. Thread-safe.
/// </summary>
internal sealed class Pattern
{
    private const int MostCached = 512;
    private static readonly ConcurrentDictionary<string, Pattern> Cache = new();

    private Pattern(Regex regex, Alphabet alphabet, IReadOnlyList<string?> groupNames)
    {
        Regex = regex;
        Alphabet = alphabet;
        GroupNames = groupNames;
        GroupKeys = [.. groupNames.Select((name, i) => Encoding.UTF8.GetBytes(name ?? i.ToString()))];
    }

    public Regex Regex { get; }

    public Alphabet Alphabet { get; }

    /// <summary>The names of the groups, null for unnamed ones; group 0 is the whole match.</summary>
    public IReadOnlyList<string?> GroupNames { get; }

    /// <summary>The name of each group, or its number.</summary>
    public IReadOnlyList<byte[]> GroupKeys { get; }

    public int GroupCount => GroupNames.Count;

    /// <summary>Compiles, or finds, a pattern; otherwise says what is wrong with it.</summary>
    public static bool TryCompile(string text, [NotNullWhen(true)] out Pattern? pattern, [NotNullWhen(false)] out string? error)
    {
        error = null;
        if (Cache.TryGetValue(text, out pattern))
        {
            return true;
        }

        try
        {
            (PatternNode root, IReadOnlyList<string?> names) = PatternParser.Parse(text);
            Alphabet alphabet = Alphabet.Of(PatternEmitter.SetsOf(root));
            var regex = new Regex(PatternEmitter.Emit(root, alphabet), RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
            pattern = new Pattern(regex, alphabet, names);
        }
        catch (PatternException problem)
        {
            error = "error parsing regexp: " + problem.Message;
            return false;
        }
        catch (Exception problem) when (problem is NotSupportedException or ArgumentException or OverflowException)
        {
            // The automaton would have too many states; the syntax itself was checked above.
            error = "error parsing regexp: expression too large";
            return false;
        }

        // Patterns that come from messages must not fill the memory.
        if (Cache.Count >= MostCached)
        {
            Cache.Clear();
        }

        Cache[text] = pattern;
        return true;
    }

    public bool IsMatch(ReadOnlySpan<byte> text)
    {
        using var subject = new Subject(text, Alphabet, needsOffsets: false);
        return Regex.IsMatch(subject.Text);
    }
}
