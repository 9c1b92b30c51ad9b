using System.Text;
using System.Text.RegularExpressions;
using Mapping.Builtins.Strings.Patterns;

namespace Mapping.Tests.Builtins.Patterns;

/// <summary>Patterns of lines, in which each piece leads to the next, on lines that fit and on lines that nearly fit.</summary>
public sealed class StraightPathTests
{
    private static readonly (string Pattern, string Line)[] Lines =
    [
        ("^(\\S+) \\S+ \\[([^\\]]+)\\] \"(\\S+) ([^ ]*) [^\"]*\" (\\d+) (\\d+)$", "10.0.0.1 - [14/Mar/2026:20:11:27 +0000] \"GET /a?b=1 HTTP/1.1\" 404 45611"),
        ("^(\\w+)=(\\w+);(\\w+)=(\\w*)$", "level=information;status=ok"),
        ("(\\d+)-(\\d+)-(\\d+)T(\\d+):(\\d+)", "at 2026-03-14T20:11 or later"),
        ("^<(\\d+)>([A-Z][a-z]+) ([^:]+): (.*)", "<34>Oct host app[12]: something has failed"),
        ("^(a+)(b+)(c+)$", "aaaaaaaabbbbbbbbbbbbbbbbbbccccc"),
        ("^([a-z]+):([a-z]+)?(x{0})$", "abcdefghijklmnopqrstuvw:xyz"),
    ];

    [Fact]
    public void GroupsAreThoseOfTheHost()
    {
        var random = new Random(541);
        foreach ((string text, string line) in Lines)
        {
            Assert.True(Pattern.TryCompile(text, out Pattern? pattern, out _));
            Assert.NotNull(pattern.OnePass);
            var host = new Regex(text, RegexOptions.CultureInvariant | RegexOptions.ECMAScript, TimeSpan.FromSeconds(10));
            int matched = 0;
            for (int i = 0; i < 1000; i++)
            {
                string varied = Vary(line, random);
                string expected = Describe(host.Match(varied));
                Assert.True(expected == Describe(pattern, varied), $"{text} on {varied}: expected {expected}, got {Describe(pattern, varied)}");
                matched += expected.Length > 0 ? 1 : 0;
            }

            Assert.InRange(matched, 50, 950);
        }
    }

    private static string Vary(string line, Random random)
    {
        var varied = new StringBuilder(line);
        for (int changes = random.Next(3); changes > 0 && varied.Length > 0; changes--)
        {
            int at = random.Next(varied.Length);
            switch (random.Next(3))
            {
                case 0:
                    varied[at] = " \"]=;:-azAZ09<"[random.Next(14)];
                    break;
                case 1:
                    varied.Remove(at, random.Next(Math.Min(30, varied.Length - at)) + 1);
                    break;
                default:
                    varied.Insert(at, varied[at].ToString(), random.Next(1, 20));
                    break;
            }
        }

        return varied.ToString();
    }

    private static string Describe(Match match) => match.Success
        ? string.Join(' ', match.Groups.Values.Select(g => g.Success ? $"{g.Index}-{g.Index + g.Length}" : "-"))
        : string.Empty;

    private static string Describe(Pattern pattern, string text)
    {
        using var matches = new MatchWalker(pattern, Encoding.ASCII.GetBytes(text), withGroups: true);
        if (!matches.MoveNext())
        {
            return string.Empty;
        }

        var groups = new List<string>();
        for (int i = 0; i < pattern.GroupCount; i++)
        {
            groups.Add(matches.Groups[i * 2] < 0 ? "-" : $"{matches.Groups[i * 2]}-{matches.Groups[(i * 2) + 1]}");
        }

        return string.Join(' ', groups);
    }
}
