using System.Text;
using System.Text.RegularExpressions;
using Mapping.Builtins.Strings.Patterns;

namespace Mapping.Tests.Builtins.Patterns;

/// <summary>Random patterns on random texts: against the host's engine, and our matchers against each other.</summary>
public sealed class PatternFuzzTests
{
    private static readonly string[] Ascii = ["a", "b", "A", "x", " ", "\n", "_"];
    private static readonly string[] Wide = ["a", "b", "\n", "é", "É", "€", "😀", "\uFFFD", "-"];

    [Fact]
    public void MatchesAndGroupsAreThoseOfTheHost()
    {
        var random = new Random(411);
        int matched = 0;
        for (int i = 0; i < 2000 * TestScale.Factor; i++)
        {
            (string ours, string theirs) = RandomPattern.Make(random, Ascii, repeatsEmpty: false);
            Pattern pattern = Compile(ours);
            var host = new Regex(theirs, RegexOptions.CultureInvariant, TimeSpan.FromSeconds(10));
            for (int j = 0; j < 4; j++)
            {
                string text = RandomText(random, Ascii);
                string expected = Describe(host, text);
                string actual = Describe(pattern, Encoding.UTF8.GetBytes(text));
                Assert.True(expected == actual, $"{ours} on {Quote(text)}: expected {expected}, got {actual}");
                Assert.Equal(expected.Length > 0, pattern.IsMatch(Encoding.UTF8.GetBytes(text)));
                matched += expected.Length > 0 ? 1 : 0;
            }
        }

        Assert.True(matched > 1000, "the texts fit the patterns");
    }

    [Fact]
    public void AllMatchersAgree()
    {
        var random = new Random(412);
        int onePass = 0;
        int heads = 0;
        for (int i = 0; i < 2000 * TestScale.Factor; i++)
        {
            (string text, _) = RandomPattern.Make(random, Wide, repeatsEmpty: true);
            Pattern pattern = Compile(text);
            onePass += pattern.OnePass is null ? 0 : 1;
            heads += pattern.OnePassHead is null ? 0 : 1;
            for (int j = 0; j < 3; j++)
            {
                CompareMatchers(pattern, text, RandomBytes(random));
            }
        }

        Assert.True(onePass > 100 && heads > 3, $"{onePass} patterns of one pass, {heads} heads");
    }

    [Fact]
    public void BytesThatAreNotUtf8CountAsReplacementCharacters()
    {
        var random = new Random(413);
        for (int i = 0; i < 2000 * TestScale.Factor; i++)
        {
            (string text, _) = RandomPattern.Make(random, Wide, repeatsEmpty: true);
            Pattern pattern = Compile(text);
            byte[] bad = RandomBytes(random);
            byte[] repaired = Repair(bad, out List<int> positions);
            string expected = Describe(pattern, repaired);
            string actual = Describe(pattern, bad, position => positions.IndexOf(position));
            string mapped = Describe(pattern, repaired, position => PositionIn(repaired, position));
            Assert.True(mapped == actual, $"{text} on {Convert.ToHexString(bad)}: expected {mapped}, got {actual} ({expected})");
        }
    }

    /// <summary>Lines of fields, as logs have them: long runs, single ways on, and texts that nearly fit.</summary>
    [Theory]
    [InlineData("^")]
    [InlineData("")]
    public void LinesOfFieldsMatchAsTheHostSays(string opening)
    {
        var random = new Random(414);
        string[] fields = [@"(\S+)", @"([^\]]+)", @"(\d+)", @"[a-z0-9.]*", @"([^""]*)", @"(?:([0-9A-Za-z_]+)-)?", "(GET|POST)"];
        string[] separators = [" ", " - ", "] \"", "[", "\" ", "-", "é"];
        int matched = 0;
        int straight = 0;
        for (int i = 0; i < 2000 * TestScale.Factor; i++)
        {
            var text = new StringBuilder(opening);
            var line = new StringBuilder();
            for (int j = random.Next(1, 6); j > 0; j--)
            {
                string separator = separators[random.Next(separators.Length)];
                text.Append(fields[random.Next(fields.Length)]).Append(Regex.Escape(separator).Replace("\\ ", " ", StringComparison.Ordinal));
                line.Append(random.Next(5) == 0 ? "GET" : RandomText(random, ["a", "7", "0", ".", "x", "3"], 40)).Append(separator);
            }

            string pattern = text.Append(random.Next(3) == 0 ? "$" : "").ToString();
            string subject = line.Append(RandomText(random, Ascii)).ToString();
            subject = random.Next(4) == 0 && subject.Length > 0 ? subject.Insert(random.Next(subject.Length), "é") : subject;
            string theirs = pattern.Replace("$", @"\z", StringComparison.Ordinal);
            string expected = Describe(new Regex(theirs, RegexOptions.CultureInvariant, TimeSpan.FromSeconds(10)), subject);
            Pattern ours = Compile(pattern);
            string actual = Describe(ours, Encoding.UTF8.GetBytes(subject), at => PositionIn(Encoding.UTF8.GetBytes(subject), at));
            Assert.True(expected == actual, $"{pattern} on {Quote(subject)}: expected {expected}, got {actual}");
            matched += expected.Length > 0 ? 1 : 0;
            straight += ours.OnePass is null ? 0 : 1;
        }

        Assert.True(matched > 300 && straight > 100, $"{matched} lines fit, {straight} patterns never choose");
    }

    /// <summary>
    /// Repetitions that take whole runs and must give some of them back, a few times over, in texts longer than what is looked at at once.
    /// The host would take for ever.
    /// </summary>
    [Fact]
    public void RunsThatTookTooMuchGoBack()
    {
        var random = new Random(415);
        string[] repetitions = [".*", "(.*)", "(.+)", @"(\S+)", "([a-z ]*)", "([^x]+)", "[^é]*", "(?:(.+) )?", "(?:(a*)|.)*", "(.{0,3})", "(.*?)"];
        string[] between = [" ", "\"", "a", "é", "x", "(a|b)", "[0-7]", "", "(?:x|é)"];
        int matched = 0;
        for (int i = 0; i < 3000 * TestScale.Factor; i++)
        {
            var text = new StringBuilder();
            for (int j = random.Next(1, 5); j > 0; j--)
            {
                text.Append(repetitions[random.Next(repetitions.Length)]).Append(between[random.Next(between.Length)]);
            }

            string pattern = (random.Next(2) == 0 ? "^" : "") + text + (random.Next(3) == 0 ? "$" : "");
            byte[] subject = Encoding.UTF8.GetBytes(RandomText(random, ["a", "b", "x", "7", " ", "\"", "ab ab", random.Next(3) == 0 ? "é" : "z"], 60));
            Pattern ours = Compile(pattern);
            CompareMatchers(ours, pattern, subject);
            matched += ours.IsMatch(subject) ? 1 : 0;
        }

        Assert.True(matched > 1000, $"{matched} texts fit");
    }

    private static void CompareMatchers(Pattern pattern, string text, byte[] subject)
    {
        int[] slots = new int[pattern.GroupCount * 2];
        int[] work = new int[slots.Length];
        string where = $"{text} on {Convert.ToHexString(subject)}";
        PatternMatcher matcher = pattern.Rent();
        bool found = matcher.TryFind(subject, 0, withGroups: true);
        Assert.Equal(found, pattern.IsMatch(subject));
        for (int start = 0; start <= subject.Length && !(found && start > matcher.Slots[0]); start++)
        {
            if (start < subject.Length && (subject[start] & 0xC0) == 0x80)
            {
                continue;
            }

            var machine = new ParallelMachine(pattern.Program, pattern.Alphabet, slots.Length);
            bool expected = found && start == matcher.Slots[0];
            Assert.True(expected == machine.TryMatch(subject, start, slots), $"{where} at {start}");
            if (expected)
            {
                Assert.True(matcher.Slots.SequenceEqual(slots), where);
            }

            if (pattern.OnePass is { } table)
            {
                Assert.True(expected == table.TryMatch(subject, start, slots, work), $"{where} at {start} in one pass");
                Assert.True(!expected || matcher.Slots.SequenceEqual(slots), where);
            }
        }

        if (found)
        {
            var backtracker = new Backtracker(pattern.Program, pattern.Alphabet);
            Assert.True(backtracker.TryMatch(subject, matcher.Slots[0], matcher.Slots[1], slots), where);
            Assert.True(matcher.Slots.SequenceEqual(slots), where);
        }

        pattern.Return(matcher);
    }

    private static Pattern Compile(string text)
    {
        Assert.True(Pattern.TryCompile(text, out Pattern? pattern, out string? error), $"{text}: {error}");
        return pattern;
    }

    private static string Describe(Pattern pattern, byte[] subject, Func<int, int>? map = null)
    {
        var text = new StringBuilder();
        using var matches = new MatchWalker(pattern, subject, withGroups: true);
        while (matches.MoveNext())
        {
            foreach (int slot in matches.Groups)
            {
                text.Append(slot < 0 ? -1 : map?.Invoke(slot) ?? slot).Append(',');
            }

            text.Append(';');
        }

        return text.ToString();
    }

    private static string Describe(Regex host, string subject)
    {
        var text = new StringBuilder();
        int previousEnd = -1;
        foreach (Match match in host.Matches(subject))
        {
            if (match.Length == 0 && match.Index == previousEnd)
            {
                continue;
            }

            previousEnd = match.Index + match.Length;
            foreach (Group group in match.Groups)
            {
                text.Append(group.Success ? $"{group.Index},{group.Index + group.Length}," : "-1,-1,");
            }

            text.Append(';');
        }

        return text.ToString();
    }

    /// <summary>The text with every bad byte replaced, and where each character began.</summary>
    private static byte[] Repair(byte[] bad, out List<int> positions)
    {
        var repaired = new List<byte>();
        positions = [];
        for (int at = 0; at < bad.Length;)
        {
            positions.Add(at);
            bool isValid = Rune.DecodeFromUtf8(bad.AsSpan(at), out _, out int width) == System.Buffers.OperationStatus.Done;
            width = isValid ? width : 1;
            repaired.AddRange(isValid ? bad.AsSpan(at, width) : "\uFFFD"u8);
            at += width;
        }

        positions.Add(bad.Length);
        return [.. repaired];
    }

    private static int PositionIn(byte[] valid, int position) => Encoding.UTF8.GetString(valid, 0, position).EnumerateRunes().Count();

    private static string RandomText(Random random, string[] characters, int length = 14) =>
        string.Concat(Enumerable.Range(0, random.Next(length)).Select(_ => characters[random.Next(characters.Length)]));

    private static byte[] RandomBytes(Random random)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(RandomText(random, Wide, random.Next(4) == 0 ? 70 : 14));
        byte[] bad = [0x80, 0xE2, 0xC3, 0xF0, 0xFF];
        for (int i = random.Next(3); i > 0 && bytes.Length > 0; i--)
        {
            bytes[random.Next(bytes.Length)] = bad[random.Next(bad.Length)];
        }

        return bytes;
    }

    private static string Quote(string text) => '"' + text.Replace("\n", "\\n", StringComparison.Ordinal) + '"';
}
