using System.Text;

namespace Mapping.Builtins.Strings.Patterns;

/// <summary>Reads RE2 syntax. Nesting is limited, so that hostile patterns cannot exhaust the stack.</summary>
internal sealed partial class PatternParser
{
    private const int MaxNesting = 500;
    private const int MaxRepeat = 1000;

    private readonly Rune[] text;
    private readonly List<string?> groupNames = [null];
    private int at;
    private int nesting;
    private Flags flags;

    private PatternParser(string pattern) => text = [.. pattern.EnumerateRunes()];

    [Flags]
    private enum Flags
    {
        None = 0,
        IgnoreCase = 1,
        MultiLine = 2,
        DotAll = 4,
        Ungreedy = 8,
    }

    private int Current => at < text.Length ? text[at].Value : -1;

    /// <summary>The tree and the names of the groups, group 0 first; throws <see cref="PatternException"/>.</summary>
    public static (PatternNode Root, IReadOnlyList<string?> GroupNames) Parse(string pattern)
    {
        var parser = new PatternParser(pattern);
        PatternNode root = parser.ParseChoice();
        if (parser.at < parser.text.Length)
        {
            throw new PatternException($"unexpected ): `{pattern}`");
        }

        return (root, parser.groupNames);
    }

    private PatternNode ParseChoice()
    {
        var branches = new List<PatternNode> { ParseSequence() };
        while (Current == '|')
        {
            at++;
            branches.Add(ParseSequence());
        }

        return branches.Count == 1 ? branches[0] : new PatternNode.Choice(branches);
    }

    private PatternNode.Sequence ParseSequence()
    {
        var items = new List<PatternNode>();
        while (at < text.Length && Current is not ('|' or ')'))
        {
            int start = at;
            if (LooksAt("\\Q"))
            {
                ParseQuoted(items);
                ParseRepeats(items, start);
                continue;
            }

            if (ParseItem() is { } item)
            {
                items.Add(item);
                ParseRepeats(items, start);
            }
            else if (RepeatStarts())
            {
                // Flags such as (?i) cannot be repeated; an operator after them repeats what stands before, as in RE2.
                ParseRepeats(items, start);
            }
        }

        return new PatternNode.Sequence(items);
    }

    private PatternNode? ParseItem()
    {
        int c = Current;
        switch (c)
        {
            case '(':
                return ParseGroup();
            case '[':
                return ParseClass();
            case '.':
                at++;
                return new PatternNode.OneOf(flags.HasFlag(Flags.DotAll) ? CodeSet.All : CodeSet.AllButNewLine);
            case '^':
                at++;
                return new PatternNode.Anchor(flags.HasFlag(Flags.MultiLine) ? Assertions.LineStart : Assertions.TextStart);
            case '$':
                at++;
                return new PatternNode.Anchor(flags.HasFlag(Flags.MultiLine) ? Assertions.LineEnd : Assertions.TextEnd);
            case '*' or '+' or '?':
                throw new PatternException($"missing argument to repetition operator: `{(char)c}`");
            case '\\':
                return ParseEscape();
            default:
                at++;
                return Literal(c);
        }
    }

    private PatternNode.OneOf Literal(int code)
    {
        CodeSet set = CodeSet.Of(code);
        return new PatternNode.OneOf(flags.HasFlag(Flags.IgnoreCase) ? set.WithOtherCases() : set);
    }

    private void ParseQuoted(List<PatternNode> items)
    {
        at += 2;
        while (at < text.Length && !LooksAt("\\E"))
        {
            items.Add(Literal(Current));
            at++;
        }

        at = Math.Min(at + 2, text.Length);
    }

    private bool RepeatStarts() => Current is '*' or '+' or '?' || (Current == '{' && TryReadCounts(at, out _, out _, out _));

    private void ParseRepeats(List<PatternNode> items, int itemStart)
    {
        int operatorStart = -1;
        while (RepeatStarts())
        {
            int start = at;
            int min;
            int max;
            if (Current == '{')
            {
                TryReadCounts(at, out min, out max, out at);
                if (min > MaxRepeat || max > MaxRepeat || (max >= 0 && min > max))
                {
                    throw new PatternException($"invalid repeat count: `{Piece(start, at)}`");
                }
            }
            else
            {
                (min, max) = Current switch { '*' => (0, -1), '+' => (1, -1), _ => (0, 1) };
                at++;
            }

            bool isLazy = flags.HasFlag(Flags.Ungreedy);
            if (Current == '?')
            {
                at++;
                isLazy = !isLazy;
            }

            if (operatorStart >= 0)
            {
                throw new PatternException($"invalid nested repetition operator: `{Piece(operatorStart, at)}`");
            }

            if (items.Count == 0)
            {
                throw new PatternException($"missing argument to repetition operator: `{Piece(start, at)}`");
            }

            operatorStart = start;
            PatternNode repeat = new PatternNode.Repeat(items[^1], min, max, isLazy);
            if ((min > 1 || max > 1) && RepeatedSize(repeat) > MaxRepeat)
            {
                throw new PatternException($"invalid repeat count: `{Piece(itemStart, at)}`");
            }

            items[^1] = repeat;
        }
    }

    /// <summary>How often the innermost item is repeated by counts.</summary>
    private static long RepeatedSize(PatternNode node) => node switch
    {
        PatternNode.Repeat repeat => Math.Max(1, Math.Max(repeat.Min, repeat.Max)) * RepeatedSize(repeat.Item),
        PatternNode.Capture capture => RepeatedSize(capture.Item),
        PatternNode.Sequence sequence => sequence.Items.Select(RepeatedSize).DefaultIfEmpty(1).Max(),
        PatternNode.Choice choice => choice.Items.Select(RepeatedSize).Max(),
        _ => 1,
    };

    /// <summary>Reads <c>{2}</c>, <c>{2,}</c> or <c>{2,5}</c>; anything else is literal text.</summary>
    private bool TryReadCounts(int start, out int min, out int max, out int end)
    {
        max = -1;
        end = start + 1;
        if (!TryReadNumber(ref end, out min))
        {
            return false;
        }

        if (CodeAt(end) == ',')
        {
            end++;
            if (CodeAt(end) != '}' && !TryReadNumber(ref end, out max))
            {
                return false;
            }
        }
        else
        {
            max = min;
        }

        return CodeAt(end++) == '}';
    }

    private bool TryReadNumber(ref int position, out int number)
    {
        int start = position;
        number = 0;
        while (CodeAt(position) is >= '0' and <= '9')
        {
            number = Math.Min((number * 10) + CodeAt(position) - '0', MaxRepeat + 1);
            position++;
        }

        return position > start && (CodeAt(start) != '0' || position == start + 1);
    }

    private int CodeAt(int position) => position < text.Length ? text[position].Value : -1;

    private bool LooksAt(string expected)
    {
        for (int i = 0; i < expected.Length; i++)
        {
            if (CodeAt(at + i) != expected[i])
            {
                return false;
            }
        }

        return true;
    }

    private string Piece(int start, int end) => string.Concat(text[start..Math.Min(end, text.Length)].Select(r => r.ToString()));
}

/// <summary>A pattern is not well formed; the message says how. Never leaves this folder.</summary>
internal sealed class PatternException(string message) : Exception(message);
