namespace Mapping.Builtins.Strings.Patterns;

/// <summary>Groups and flags.</summary>
internal sealed partial class PatternParser
{
    private PatternNode? ParseGroup()
    {
        int start = at;
        if (++nesting > MaxNesting)
        {
            throw new PatternException("expression nests too deeply");
        }

        Flags outside = flags;
        at++;
        bool isCapture = true;
        int index = groupNames.Count;
        if (Current == '?')
        {
            at++;
            if (!TryParseName(start))
            {
                isCapture = false;
                if (ParseFlags(start))
                {
                    nesting--;
                    return null;
                }
            }
        }
        else
        {
            groupNames.Add(null);
        }

        PatternNode item = ParseChoice();
        if (Current != ')')
        {
            throw new PatternException($"missing closing ): `{Piece(0, text.Length)}`");
        }

        at++;
        nesting--;
        flags = outside;
        return isCapture ? new PatternNode.Capture(item, index) : item;
    }

    private bool TryParseName(int start)
    {
        if (LooksAt("P<"))
        {
            at += 2;
        }
        else if (LooksAt("<") && CodeAt(at + 1) is not ('=' or '!'))
        {
            at++;
        }
        else
        {
            return false;
        }

        int nameStart = at;
        while (Current is >= 0 and not '>')
        {
            at++;
        }

        string name = Piece(nameStart, at);
        if (Current < 0 || name.Length == 0 || !name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_'))
        {
            throw new PatternException($"invalid named capture: `{Piece(start, at + 1)}`");
        }

        at++;
        groupNames.Add(name);
        return true;
    }

    /// <summary>Reads <c>i-s:</c> or <c>i-s)</c>; true when the flags hold for the rest of the enclosing group.</summary>
    private bool ParseFlags(int start)
    {
        bool isNegated = false;
        bool any = false;
        while (true)
        {
            int c = Current;
            at++;
            Flags flag = c switch { 'i' => Flags.IgnoreCase, 'm' => Flags.MultiLine, 's' => Flags.DotAll, 'U' => Flags.Ungreedy, _ => Flags.None };
            if (flag != Flags.None)
            {
                any = true;
                flags = isNegated ? flags & ~flag : flags | flag;
            }
            else if (c == '-' && !isNegated)
            {
                isNegated = true;
                any = false;
            }
            else if (c is ':' or ')' && !(isNegated && !any))
            {
                return c == ')';
            }
            else if (c < 0)
            {
                throw new PatternException($"missing closing ): `{Piece(0, text.Length)}`");
            }
            else
            {
                throw new PatternException($"invalid or unsupported Perl syntax: `{Piece(start, at)}`");
            }
        }
    }
}
