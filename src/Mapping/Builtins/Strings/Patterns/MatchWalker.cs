namespace Mapping.Builtins.Strings.Patterns;

/// <summary>
/// The matches of a pattern in a text from left to right, as byte positions. An empty match directly after another match
/// does not count. Allocates nothing.
/// </summary>
internal ref struct MatchWalker(Pattern pattern, ReadOnlySpan<byte> text, bool withGroups)
{
    private readonly PatternMatcher matcher = pattern.Rent();
    private readonly ReadOnlySpan<byte> text = text;
    private int next;
    private int previousEnd = -1;

    /// <summary>Where the match begins and ends.</summary>
    public readonly int Start => matcher.Slots[0];

    public readonly int End => matcher.Slots[1];

    /// <summary>Start and end of every group; -1 for groups that took no part.</summary>
    public readonly ReadOnlySpan<int> Groups => matcher.Slots;

    public bool MoveNext()
    {
        while (next <= text.Length)
        {
            if (!matcher.TryFind(text, next, withGroups))
            {
                next = text.Length + 1;
                return false;
            }

            // After an empty match the search goes on one character later.
            bool counts = End > Start || End != previousEnd;
            next = End > next ? End : next + WidthAt(next);
            previousEnd = End;
            if (counts)
            {
                return true;
            }
        }

        return false;
    }

    public readonly void Dispose() => pattern.Return(matcher);

    private readonly int WidthAt(int position)
    {
        int width = 1;
        if (position < text.Length)
        {
            pattern.Alphabet.ClassAt(text, position, out width);
        }

        return width;
    }
}
