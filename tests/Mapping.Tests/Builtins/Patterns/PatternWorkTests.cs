using Mapping.Builtins.Strings.Patterns;

namespace Mapping.Tests.Builtins.Patterns;

/// <summary>The work of a match is bounded by the text and the pattern, whatever both are; counted, not timed.</summary>
public sealed class PatternWorkTests
{
    [Theory]
    [InlineData("(a*)*b")]
    [InlineData("(a|aa)+$")]
    [InlineData("(a+)+[^a!]")]
    [InlineData("(?:a?){50}a{50}c")]
    [InlineData("(x+x+)+y|a.*a.*a.*a.*b")]
    public void HostilePatternsMakeFewStates(string text)
    {
        Assert.True(Pattern.TryCompile(text, out Pattern? pattern, out _));
        byte[] subject = [.. Enumerable.Repeat((byte)'a', 20_000), (byte)'!'];
        var automaton = new LazyAutomaton(pattern.Program, pattern.Alphabet, null, isBackward: false);
        Assert.Equal(-1, automaton.FindEnd(subject, 0, isAnchored: false, whether: false));
        Assert.InRange(automaton.StatesMade, 1, 500);
    }

    [Theory]
    [InlineData("(a*)*b")]
    [InlineData("(a|aa)+$")]
    [InlineData("(a+)+[^a!]")]
    public void TheMachineWithGroupsTakesEveryInstructionOncePerCharacter(string text)
    {
        Assert.True(Pattern.TryCompile(text, out Pattern? pattern, out _));
        byte[] subject = [.. Enumerable.Repeat((byte)'a', 5_000), (byte)'!'];
        int[] slots = new int[pattern.GroupCount * 2];
        var machine = new ParallelMachine(pattern.Program, pattern.Alphabet, slots.Length);
        Assert.False(machine.TryMatch(subject, 0, slots));
        Assert.InRange(machine.Steps, 1, (long)pattern.Program.Length * (subject.Length + 1));
    }

    /// <summary>Every text of 16 characters is a state of its own: the automaton forgets and begins anew.</summary>
    [Fact]
    public void AnAutomatonThatOutgrowsItsMemoryIsStillRight()
    {
        Assert.True(Pattern.TryCompile("(a)[ab]{16}c", out Pattern? pattern, out _));
        var random = new Random(7);
        byte[] subject = [.. Enumerable.Range(0, 100_000).Select(_ => (byte)(random.Next(2) == 0 ? 'a' : 'b')), .. "abbbbbbbbbbbbbbbbc"u8];
        PatternMatcher matcher = pattern.Rent();
        Assert.True(matcher.TryFind(subject, 0, withGroups: true));
        Assert.Equal([100_000, 100_018, 100_000, 100_001], matcher.Slots.ToArray());
    }

    [Fact]
    public void LongMatchesWithGroupsUseTheMachine()
    {
        Assert.True(Pattern.TryCompile("(a|ab)*(b?)x", out Pattern? pattern, out _));
        byte[] subject = [.. Enumerable.Repeat("ab"u8.ToArray(), 40_000).SelectMany(b => b), (byte)'x'];
        PatternMatcher matcher = pattern.Rent();
        Assert.True(matcher.TryFind(subject, 0, withGroups: true));
        Assert.Equal([0, 80_001, 79_998, 79_999, 79_999, 80_000], matcher.Slots.ToArray());
    }

    [Theory]
    [InlineData("((a{100}){10}){10}")]
    [InlineData("a{1001}")]
    public void TooMuchRepetitionIsRefused(string text)
    {
        Assert.False(Pattern.TryCompile(text, out _, out string? error));
        Assert.Contains("invalid repeat count", error, StringComparison.Ordinal);
    }

    [Fact]
    public void LargePatternsAreRefused()
    {
        string text = "(" + new string('a', 200) + "){1000}";
        Assert.False(Pattern.TryCompile(text, out _, out string? error));
        Assert.Contains("expression too large", error, StringComparison.Ordinal);
    }

    [Fact]
    public void MatchesAllocateNothing()
    {
        Assert.True(Pattern.TryCompile("(\\w+)@(\\w+|é)", out Pattern? pattern, out _));
        byte[] subject = "some text, ada@example, é@é, b@é"u8.ToArray();
        Assert.Equal(2, Count(pattern, subject));
        long before = GC.GetAllocatedBytesForCurrentThread();
        Count(pattern, subject);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void ThreadsShareAPattern()
    {
        Assert.True(Pattern.TryCompile("(a+)(b+)?\\b", out Pattern? pattern, out _));
        byte[] subject = "xaab aaa ab b aabb aac"u8.ToArray();
        int expected = Count(pattern, subject);
        Parallel.For(0, 2000, _ => Assert.Equal(expected, Count(pattern, subject)));
    }

    private static int Count(Pattern pattern, byte[] subject)
    {
        int count = 0;
        using var matches = new MatchWalker(pattern, subject, withGroups: true);
        while (matches.MoveNext())
        {
            count++;
        }

        return count;
    }
}
