using System.Text;
using static Mapping.Builtins.Strings.Segmentation.WordClass;

namespace Mapping.Builtins.Strings.Segmentation;

/// <summary>
/// Word boundaries by the rules WB3 to WB16 of UAX 29. No rule looks across a boundary, so a segment is found from its own
/// start and what follows.
/// </summary>
internal static class WordBreaks
{
    private static readonly BreakTable<WordClass> Classes = BreakTable<WordClass>.Load("word");
    private static readonly BreakTable<EmojiClass> Emoji = BreakTable<EmojiClass>.Load("emoji");

    /// <summary>Bytes of the first segment of a text that is not empty.</summary>
    public static int FirstLength(ReadOnlySpan<byte> text)
    {
        WordClass previous = Next(text, out _, out int at);

        // Marks and formats belong to what they follow: rules after WB4 see only these two.
        WordClass left = previous;
        WordClass beforeLeft = Other;
        int indicators = left == RegionalIndicator ? 1 : 0;
        while (at < text.Length)
        {
            WordClass current = Next(text[at..], out Rune rune, out int length);
            bool joins = Glued(previous, current, rune)
                ?? Joins(beforeLeft, left, current, text[(at + length)..]) || (left == RegionalIndicator && current == RegionalIndicator && indicators % 2 == 1);
            if (!joins)
            {
                return at;
            }

            if (!IsAttached(current))
            {
                beforeLeft = left;
                left = current;
                indicators = current == RegionalIndicator ? indicators + 1 : 0;
            }

            previous = current;
            at += length;
        }

        return at;
    }

    /// <summary>WB3 to WB4, which look at the characters as they stand; null when they do not decide.</summary>
    private static bool? Glued(WordClass previous, WordClass current, Rune rune)
    {
        if (previous == CR && current == LF)
        {
            return true;
        }

        if (previous is CR or LF or Newline || current is CR or LF or Newline)
        {
            return false;
        }

        bool joins = (previous == ZWJ && Emoji[rune.Value] == EmojiClass.ExtendedPictographic)
            || (previous == WSegSpace && current == WSegSpace)
            || IsAttached(current);
        return joins ? true : null;
    }

    /// <summary>WB5 to WB13b.</summary>
    private static bool Joins(WordClass beforeLeft, WordClass left, WordClass current, ReadOnlySpan<byte> rest) => left switch
    {
        ALetter or HebrewLetter => IsLetter(current) || current is Numeric or ExtendNumLet
            || (IsMidLetter(current) && IsLetter(FirstAfterMarks(rest)))
            || (left == HebrewLetter && current == SingleQuote)
            || (left == HebrewLetter && current == DoubleQuote && FirstAfterMarks(rest) == HebrewLetter),
        Numeric => IsLetter(current) || current is Numeric or ExtendNumLet || (IsMidNumber(current) && FirstAfterMarks(rest) == Numeric),
        Katakana => current is Katakana or ExtendNumLet,
        ExtendNumLet => IsLetter(current) || current is Numeric or Katakana or ExtendNumLet,
        DoubleQuote => beforeLeft == HebrewLetter && current == HebrewLetter,
        _ => (IsMidLetter(left) && IsLetter(beforeLeft) && IsLetter(current)) || (IsMidNumber(left) && beforeLeft == Numeric && current == Numeric),
    };

    private static bool IsLetter(WordClass name) => name is ALetter or HebrewLetter;

    private static bool IsMidLetter(WordClass name) => name is MidLetter or MidNumLet or SingleQuote;

    private static bool IsMidNumber(WordClass name) => name is MidNum or MidNumLet or SingleQuote;

    private static bool IsAttached(WordClass name) => name is Extend or WordClass.Format or ZWJ;

    private static WordClass FirstAfterMarks(ReadOnlySpan<byte> rest)
    {
        while (!rest.IsEmpty)
        {
            WordClass name = Next(rest, out _, out int length);
            if (!IsAttached(name))
            {
                return name;
            }

            rest = rest[length..];
        }

        return Other;
    }

    private static WordClass Next(ReadOnlySpan<byte> text, out Rune rune, out int length)
    {
        Rune.DecodeFromUtf8(text, out rune, out length);
        return Classes[rune.Value];
    }
}
