namespace Mapping.Builtins.Strings.Patterns;

/// <summary>Escapes and character classes.</summary>
internal sealed partial class PatternParser
{
    private PatternNode ParseEscape()
    {
        switch (CodeAt(at + 1))
        {
            case 'A':
                at += 2;
                return new PatternNode.Anchor(Assertions.TextStart);
            case 'z':
                at += 2;
                return new PatternNode.Anchor(Assertions.TextEnd);
            case 'b':
                at += 2;
                return new PatternNode.Anchor(Assertions.WordBoundary);
            case 'B':
                at += 2;
                return new PatternNode.Anchor(Assertions.NotWordBoundary);
        }

        return TryParseSet() is { } set ? new PatternNode.OneOf(set) : Literal(ParseCharacter());
    }

    /// <summary><c>\d \S \pL \P{Greek}</c>, or null when something else stands here.</summary>
    private CodeSet? TryParseSet()
    {
        int c = CodeAt(at + 1);
        CodeSet? set = c switch
        {
            'd' or 'D' => CodeSet.Digits,
            's' or 'S' => CodeSet.Spaces,
            'w' or 'W' => CodeSet.WordCharacters,
            'p' or 'P' => ParseProperty(),
            _ => null,
        };
        if (set is null)
        {
            return null;
        }

        at += 2;
        bool ignoreCase = flags.HasFlag(Flags.IgnoreCase) && c is 'p' or 'P' or 'w' or 'W';
        set = ignoreCase && flags.HasFlag(Flags.IgnoreCase) ? set.WithOtherCases() : set;
        return c is 'D' or 'S' or 'W' or 'P' ? set.Negated() : set;
    }

    /// <summary>Reads the name after <c>\p</c> and leaves the position at its last character but one.</summary>
    private CodeSet ParseProperty()
    {
        int start = at;
        int nameStart = at + 2;
        int end = nameStart + 1;
        bool isBraced = CodeAt(nameStart) == '{';
        if (isBraced)
        {
            while (CodeAt(end - 1) is >= 0 and not '}')
            {
                end++;
            }
        }

        string name = isBraced ? Piece(nameStart + 1, end - 1) : Piece(nameStart, end);
        bool isNegated = name.StartsWith('^');
        if (end > text.Length || UnicodeSets.Find(isNegated ? name[1..] : name) is not { } set)
        {
            throw new PatternException($"invalid character class range: `{Piece(start, end)}`");
        }

        at = end - 2;
        return isNegated ? set.Negated() : set;
    }

    /// <summary>An escaped character, by itself or within a class.</summary>
    private int ParseCharacter()
    {
        int start = at;
        at++;
        int c = Current;
        if (c < 0)
        {
            throw new PatternException("trailing backslash at end of expression");
        }

        at++;
        switch (c)
        {
            case 'a':
                return '\a';
            case 'f':
                return '\f';
            case 'n':
                return '\n';
            case 'r':
                return '\r';
            case 't':
                return '\t';
            case 'v':
                return '\v';
            case 'x':
                return ParseHex(start);
            case '0':
            case >= '1' and <= '7' when Current is >= '0' and <= '7':
                int octal = c - '0';
                for (int i = 0; i < 2 && Current is >= '0' and <= '7'; i++)
                {
                    octal = (octal * 8) + Current - '0';
                    at++;
                }

                return octal;
        }

        if (c < 0x80 && !char.IsAsciiLetterOrDigit((char)c))
        {
            return c;
        }

        throw new PatternException($"invalid escape sequence: `{Piece(start, at)}`");
    }

    private int ParseHex(int start)
    {
        bool isBraced = Current == '{';
        if (isBraced)
        {
            at++;
        }

        int code = 0;
        int digits = 0;
        while ((isBraced || digits < 2) && Current is >= 0 and < 0x80 && HexDigits.ValueOf((byte)Current) is var digit and >= 0)
        {
            code = Math.Min((code * 16) + digit, CodeSet.Last + 1);
            digits++;
            at++;
        }

        bool isComplete = isBraced ? digits > 0 && Current == '}' : digits == 2;
        if (!isComplete || code > CodeSet.Last)
        {
            throw new PatternException($"invalid escape sequence: `{Piece(start, at + 1)}`");
        }

        if (isBraced)
        {
            at++;
        }

        return code;
    }

    private PatternNode.OneOf ParseClass()
    {
        int start = at++;
        bool isNegated = Current == '^';
        if (isNegated)
        {
            at++;
        }

        var ranges = new List<(int, int)>();
        CodeSet whole = CodeSet.Of(ranges);
        bool isFirst = true;
        while (Current != ']' || isFirst)
        {
            if (at >= text.Length)
            {
                throw new PatternException($"missing closing ]: `{Piece(start, text.Length)}`");
            }

            isFirst = false;
            if (LooksAt("[:") && TryParseAsciiSet() is { } named)
            {
                whole = whole.With(Folded(named));
            }
            else if (Current == '\\' && TryParseSet() is { } set)
            {
                whole = whole.With(set);
            }
            else
            {
                ranges.Add(ParseRange());
            }
        }

        at++;
        whole = whole.With(Folded(CodeSet.Of(ranges)));
        return new PatternNode.OneOf(isNegated ? whole.Negated() : whole);
    }

    private CodeSet Folded(CodeSet set) => flags.HasFlag(Flags.IgnoreCase) ? set.WithOtherCases() : set;

    private (int First, int Last) ParseRange()
    {
        int start = at;
        int first = ParseClassCharacter();
        if (Current != '-' || CodeAt(at + 1) is ']' or -1)
        {
            return (first, first);
        }

        at++;
        int last = ParseClassCharacter();
        return last >= first ? (first, last) : throw new PatternException($"invalid character class range: `{Piece(start, at)}`");
    }

    private int ParseClassCharacter()
    {
        if (Current == '\\')
        {
            return ParseCharacter();
        }

        int c = Current;
        at++;
        return c;
    }

    /// <summary><c>[:alpha:]</c> or <c>[:^alpha:]</c>; null when there is no closing <c>:]</c>.</summary>
    private CodeSet? TryParseAsciiSet()
    {
        int start = at;
        int end = at + 2;
        while (end < text.Length && !(CodeAt(end) == ':' && CodeAt(end + 1) == ']'))
        {
            end++;
        }

        if (end >= text.Length)
        {
            return null;
        }

        string name = Piece(at + 2, end);
        bool isNegated = name.StartsWith('^');
        if (UnicodeSets.FindAscii(isNegated ? name[1..] : name) is not { } set)
        {
            throw new PatternException($"invalid character class range: `{Piece(start, end + 2)}`");
        }

        at = end + 2;
        return isNegated ? set.Negated() : set;
    }
}
