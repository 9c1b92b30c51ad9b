using System.Text.RegularExpressions;

namespace Mapping.Builtins.Strings.Patterns;

/// <summary>
/// The matches of a pattern in a text from left to right, as byte positions. An empty match directly after another match
/// does not count. Allocates only when groups are asked for.
/// </summary>
internal ref struct MatchWalker
{
    private readonly Pattern pattern;
    private readonly int[]? groups;
    private Subject subject;
    private Regex.ValueMatchEnumerator plain;
    private Match? current;
    private int previousEnd = -1;

    public MatchWalker(Pattern pattern, ReadOnlySpan<byte> text, bool withGroups)
    {
        this.pattern = pattern;
        subject = new Subject(text, pattern.Alphabet, needsOffsets: true);
        if (withGroups)
        {
            groups = new int[pattern.GroupCount * 2];
        }
        else
        {
            plain = pattern.Regex.EnumerateMatches(subject.Text);
        }
    }

    /// <summary>Where the match begins and ends.</summary>
    public int Start { get; private set; }

    public int End { get; private set; }

    /// <summary>Start and end of every group; -1 for groups that took no part.</summary>
    public readonly ReadOnlySpan<int> Groups => groups;

    public bool MoveNext()
    {
        while (true)
        {
            int start;
            int length;
            if (groups is null)
            {
                if (!plain.MoveNext())
                {
                    return false;
                }

                start = plain.Current.Index;
                length = plain.Current.Length;
            }
            else
            {
                current = current is null ? pattern.Regex.Match(subject.Text.ToString()) : current.NextMatch();
                if (!current.Success)
                {
                    return false;
                }

                start = current.Index;
                length = current.Length;
            }

            if (length == 0 && start == previousEnd)
            {
                continue;
            }

            previousEnd = start + length;
            Start = subject.ByteOffset(start);
            End = subject.ByteOffset(start + length);
            if (groups is not null)
            {
                ReadGroups();
            }

            return true;
        }
    }

    public readonly void Dispose() => subject.Dispose();

    private readonly void ReadGroups()
    {
        for (int i = 0; i < pattern.GroupCount; i++)
        {
            Group group = current!.Groups[i];
            groups![i * 2] = group.Success ? subject.ByteOffset(group.Index) : -1;
            groups[(i * 2) + 1] = group.Success ? subject.ByteOffset(group.Index + group.Length) : -1;
        }
    }
}
