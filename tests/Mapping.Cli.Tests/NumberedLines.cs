using System.Globalization;

namespace Mapping.Cli.Tests;

/// <summary>Lines that show whether they are whole.</summary>
internal static class NumberedLines
{
    public static string Of(int number) => string.Create(CultureInfo.InvariantCulture, $"line {number:D8} with a tail of {number * 7919L % 1_000_003:D8}");

    /// <summary>Each of the first lines is there, as often as it likes, and nothing else.</summary>
    public static void AssertAll(int count, IReadOnlyCollection<string> written)
    {
        var expected = Enumerable.Range(0, count).Select(Of).ToHashSet();
        Assert.Empty(written.Where(l => !expected.Contains(l)).Take(5));
        expected.ExceptWith(written);
        Assert.Empty(expected.Take(5));
    }
}
