using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using Mapping.Values;

namespace Mapping.Builtins.Strings.Patterns;

/// <summary>
/// A compiled pattern: RE2 syntax and preferences, over the bytes of UTF-8, in time linear in the text. Thread-safe; each
/// match borrows a <see cref="PatternMatcher"/>.
/// </summary>
internal sealed class Pattern
{
    private const int MostCached = 256;
    private const int MostSlots = 2_000_000;
    private const int LargestOnePass = 2000;
    private static readonly ConcurrentDictionary<string, Pattern> Cache = new();

    private readonly PatternMatcher?[] idle = new PatternMatcher?[Math.Min(Environment.ProcessorCount, 8)];
    private readonly Lazy<PatternProgram> backwardProgram;

    private Pattern(PatternNode root, IReadOnlyList<string?> groupNames)
    {
        GroupNames = groupNames;
        GroupKeys = [.. groupNames.Select((name, i) => SharedKeys.Of(Encoding.UTF8.GetBytes(name ?? i.ToString(CultureInfo.InvariantCulture))))];
        HasDistinctKeys = groupNames.Select((name, i) => name ?? i.ToString(CultureInfo.InvariantCulture)).Distinct().Count() == groupNames.Count;
        var survey = PatternSurvey.Of(root);
        Alphabet = Alphabet.Of(survey.Sets, survey.Assertions);
        Program = ProgramCompiler.Compile(root, Alphabet, isBackward: false);
        if ((long)Program.Length * groupNames.Count > MostSlots)
        {
            throw new PatternException("expression too large");
        }

        backwardProgram = new Lazy<PatternProgram>(() => ProgramCompiler.Compile(root, Alphabet, isBackward: true));
        Literal = PatternOpening.WholeLiteral(root);
        Opening = PatternOpening.Of(root, Program, Alphabet);
        IsAnchored = PatternSurvey.BeginsAtTextStart(root);
        if (Program.Length > LargestOnePass)
        {
            return;
        }

        OnePass = OnePassBuilder.TryBuild(Program, Alphabet, GroupCount - 1, isOpenEnded: false);
        if (OnePass is null && PatternSurvey.HeadWithGroups(root) is { } head)
        {
            OnePassHead = OnePassBuilder.TryBuild(ProgramCompiler.Compile(head, Alphabet, isBackward: false), Alphabet, GroupCount - 1, isOpenEnded: true);
        }
    }

    /// <summary>The names of the groups, null for unnamed ones; group 0 is the whole match.</summary>
    public IReadOnlyList<string?> GroupNames { get; }

    /// <summary>The name of each group, or its number.</summary>
    public Value[] GroupKeys { get; }

    /// <summary>Whether no name of a group is the number of another.</summary>
    public bool HasDistinctKeys { get; }

    public int GroupCount => GroupNames.Count;

    public Alphabet Alphabet { get; }

    public PatternProgram Program { get; }

    /// <summary>The program that reads from right to left.</summary>
    public PatternProgram BackwardProgram => backwardProgram.Value;

    /// <summary>The text that the pattern is, if it is one.</summary>
    public byte[]? Literal { get; }

    /// <summary>How matches begin, if that helps to find them.</summary>
    public PatternOpening? Opening { get; }

    /// <summary>Whether matches begin with the text.</summary>
    public bool IsAnchored { get; }

    /// <summary>The whole pattern, if the next character always decides.</summary>
    public OnePassTable? OnePass { get; }

    /// <summary>The pattern up to its last group, if that much of it is so; what follows must be known to match.</summary>
    public OnePassTable? OnePassHead { get; }

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
            pattern = new Pattern(root, names);
        }
        catch (PatternException problem)
        {
            error = "error parsing regexp: " + problem.Message;
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
        PatternMatcher matcher = Rent();
        bool isMatch = matcher.IsMatch(text);
        Return(matcher);
        return isMatch;
    }

    /// <summary>A matcher for one thread, until it is given back.</summary>
    public PatternMatcher Rent() =>
        Interlocked.Exchange(ref idle[(uint)Environment.CurrentManagedThreadId % (uint)idle.Length], null) ?? new PatternMatcher(this);

    public void Return(PatternMatcher matcher) =>
        Volatile.Write(ref idle[(uint)Environment.CurrentManagedThreadId % (uint)idle.Length], matcher);
}
