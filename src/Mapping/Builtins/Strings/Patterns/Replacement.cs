using System.Globalization;
using System.Text;
using Mapping.Values.Json;

namespace Mapping.Builtins.Strings.Patterns;

/// <summary>A replacement text with references to groups: <c>$1</c>, <c>${name}</c>, <c>$$</c>.</summary>
internal sealed class Replacement
{
    // A part is literal text, or else the candidates of a group reference in order (none for an unknown group).
    private readonly (byte[]? Literal, int[] Groups)[] parts;

    public Replacement(string text, Pattern pattern)
    {
        var found = new List<(byte[]? Literal, int[] Groups)>();
        var literal = new StringBuilder();
        int at = 0;
        while (at < text.Length)
        {
            if (text[at] != '$')
            {
                literal.Append(text[at++]);
            }
            else if (at + 1 < text.Length && text[at + 1] == '$')
            {
                literal.Append('$');
                at += 2;
            }
            else if (TryReadName(text, at + 1, out string name, out int end))
            {
                Flush(literal, found);
                found.Add((null, Resolve(name, pattern)));
                at = end;
            }
            else
            {
                literal.Append(text[at++]);
            }
        }

        Flush(literal, found);
        parts = [.. found];
        NeedsNoEscape = parts.All(p => p.Literal is null || JsonText.IsPlain(p.Literal));
    }

    /// <summary>Its own texts stand in JSON as they are.</summary>
    public bool NeedsNoEscape { get; }

    public bool NeedsGroups => parts.Any(p => p.Literal is null && p.Groups.Any(g => g > 0));

    public void Write(ReadOnlySpan<byte> subject, in MatchWalker match, Utf8Buffer writer)
    {
        foreach ((byte[]? literal, int[] groups) in parts)
        {
            if (literal is not null)
            {
                writer.Append(literal);
                continue;
            }

            foreach (int group in groups)
            {
                int start = group == 0 ? match.Start : match.Groups[group * 2];
                if (start >= 0)
                {
                    writer.Append(subject[start..(group == 0 ? match.End : match.Groups[(group * 2) + 1])]);
                    break;
                }
            }
        }
    }

    private static bool TryReadName(string text, int start, out string name, out int end)
    {
        bool isBraced = start < text.Length && text[start] == '{';
        int first = isBraced ? start + 1 : start;
        end = first;
        while (end < text.Length && (char.IsLetterOrDigit(text[end]) || text[end] == '_'))
        {
            end++;
        }

        name = text[first..end];
        if (isBraced)
        {
            if (end >= text.Length || text[end] != '}')
            {
                return false;
            }

            end++;
        }

        return name.Length > 0;
    }

    private static int[] Resolve(string name, Pattern pattern)
    {
        if (name.All(char.IsAsciiDigit) && (name.Length == 1 || name[0] != '0'))
        {
            return int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number < pattern.GroupCount ? [number] : [];
        }

        return [.. Enumerable.Range(0, pattern.GroupCount).Where(i => pattern.GroupNames[i] == name)];
    }

    private static void Flush(StringBuilder literal, List<(byte[]? Literal, int[] Groups)> found)
    {
        if (literal.Length > 0)
        {
            found.Add((Encoding.UTF8.GetBytes(literal.ToString()), []));
            literal.Clear();
        }
    }
}
