using System.Text;

namespace Mapping.Builtins.Strings.Patterns;

/// <summary>
/// Splits the code points beyond ASCII into classes that a pattern cannot tell apart, and gives each class one private
/// character. Subjects are matched in that spelling, where every code point is one unit of UTF-16, character sets stay
/// small, and word boundaries are those of ASCII.
/// </summary>
internal sealed class Alphabet
{
    private const int FirstPrivate = 0xE000;
    private const int MostClasses = 0xF900 - FirstPrivate;

    // Interval i reaches from starts[i] to the next start and is spelt letters[i].
    private readonly int[] starts;
    private readonly char[] letters;

    private Alphabet(int[] starts, char[] letters)
    {
        this.starts = starts;
        this.letters = letters;
    }

    public static Alphabet Of(IReadOnlyCollection<CodeSet> sets)
    {
        var cuts = new SortedSet<int> { 0x80 };
        foreach (CodeSet set in sets)
        {
            foreach ((int first, int last) in set.Ranges)
            {
                if (first > 0x80)
                {
                    cuts.Add(first);
                }

                if (last is >= 0x80 and < CodeSet.Last)
                {
                    cuts.Add(last + 1);
                }
            }
        }

        int[] starts = [.. cuts];
        var letters = new char[starts.Length];
        var known = new Dictionary<string, char>();
        var signature = new StringBuilder();
        for (int i = 0; i < starts.Length; i++)
        {
            signature.Clear();
            int index = 0;
            foreach (CodeSet set in sets)
            {
                if (set.Contains(starts[i]))
                {
                    signature.Append((char)(index + 1));
                }

                index++;
            }

            string key = signature.ToString();
            if (!known.TryGetValue(key, out letters[i]))
            {
                if (known.Count == MostClasses)
                {
                    throw new PatternException("expression too large");
                }

                known[key] = letters[i] = (char)(FirstPrivate + known.Count);
            }
        }

        return new Alphabet(starts, letters);
    }

    /// <summary>The spelling of a code point.</summary>
    public char LetterOf(int code)
    {
        if (code < 0x80)
        {
            return (char)code;
        }

        int found = Array.BinarySearch(starts, code);
        return letters[found >= 0 ? found : ~found - 1];
    }

    /// <summary>The set as a character class of the host's syntax.</summary>
    public string ClassOf(CodeSet set)
    {
        var members = new SortedSet<char>();
        for (int i = 0; i < starts.Length; i++)
        {
            if (set.Contains(starts[i]))
            {
                members.Add(letters[i]);
            }
        }

        for (int code = 0; code < 0x80; code++)
        {
            if (set.Contains(code))
            {
                members.Add((char)code);
            }
        }

        if (members.Count == 0)
        {
            return "[^\\u0000-\\uFFFF]";
        }

        var text = new StringBuilder("[");
        int first = -1;
        int last = -2;
        foreach (char member in members)
        {
            if (member == last + 1)
            {
                last = member;
                continue;
            }

            AppendRange(text, first, last);
            first = last = member;
        }

        AppendRange(text, first, last);
        return text.Append(']').ToString();
    }

    private static void AppendRange(StringBuilder text, int first, int last)
    {
        if (first >= 0)
        {
            text.Append($"\\u{first:X4}");
            if (last > first)
            {
                text.Append($"-\\u{last:X4}");
            }
        }
    }
}
