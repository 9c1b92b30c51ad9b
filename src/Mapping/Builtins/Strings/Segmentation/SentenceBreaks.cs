using System.Text;
using static Mapping.Builtins.Strings.Segmentation.SentenceClass;

namespace Mapping.Builtins.Strings.Segmentation;

/// <summary>
/// Sentence boundaries by the rules SB3 to SB11 of UAX 29. No rule looks across a boundary, so a segment is found from its
/// own start and what follows.
/// </summary>
internal static class SentenceBreaks
{
    private static readonly BreakTable<SentenceClass> Classes = BreakTable<SentenceClass>.Load("sentence");

    /// <summary>How far the text has come since a full stop or another end of a sentence.</summary>
    private enum Ending
    {
        None,
        AtTerminator,
        AtClosing,
        AtSpace,
    }

    /// <summary>Bytes of the first segment of a text that is not empty.</summary>
    public static int FirstLength(ReadOnlySpan<byte> text)
    {
        SentenceClass previous = Next(text, out int at);
        var state = default(State);
        state.Pass(previous);
        while (at < text.Length)
        {
            SentenceClass current = Next(text[at..], out int length);
            bool isPair = previous == CR && current == LF;
            if (!isPair && (IsParagraphEnd(previous) || !state.Joins(current, text[at..])))
            {
                return at;
            }

            state.Pass(current);
            previous = current;
            at += length;
        }

        return at;
    }

    private static bool IsParagraphEnd(SentenceClass name) => name is Sep or CR or LF;

    private static bool IsAttached(SentenceClass name) => name is Extend or SentenceClass.Format;

    /// <summary>SB8: what follows a full stop and spaces goes on in lower case, so the stop was that of an abbreviation.</summary>
    private static bool GoesOnInLowerCase(ReadOnlySpan<byte> rest)
    {
        while (!rest.IsEmpty)
        {
            SentenceClass name = Next(rest, out int length);
            if (name is OLetter or Upper or Lower or ATerm or STerm || IsParagraphEnd(name))
            {
                return name == Lower;
            }

            rest = rest[length..];
        }

        return false;
    }

    private static SentenceClass Next(ReadOnlySpan<byte> text, out int length)
    {
        Rune.DecodeFromUtf8(text, out Rune rune, out length);
        return Classes[rune.Value];
    }

    /// <summary>What the rules need to know of the text before a position; marks and formats belong to what they follow (SB5).</summary>
    private struct State
    {
        private Ending ending;
        private SentenceClass terminator;
        private SentenceClass beforeTerminator;
        private SentenceClass left;

        public readonly bool Joins(SentenceClass current, ReadOnlySpan<byte> rest)
        {
            if (ending == Ending.None || IsAttached(current) || current is Sp or SContinue or ATerm or STerm || IsParagraphEnd(current))
            {
                return true;
            }

            if (current == Close && ending != Ending.AtSpace)
            {
                return true;
            }

            if (terminator == STerm)
            {
                return false;
            }

            bool isWithinNumberOrInitials = ending == Ending.AtTerminator
                && (current == Numeric || (current == Upper && beforeTerminator is Upper or Lower));
            return isWithinNumberOrInitials || GoesOnInLowerCase(rest);
        }

        public void Pass(SentenceClass current)
        {
            if (IsAttached(current))
            {
                return;
            }

            if (current is ATerm or STerm)
            {
                beforeTerminator = left;
                terminator = current;
            }

            ending = current switch
            {
                ATerm or STerm => Ending.AtTerminator,
                Close when ending is Ending.AtTerminator or Ending.AtClosing => Ending.AtClosing,
                Sp when ending != Ending.None => Ending.AtSpace,
                _ => Ending.None,
            };
            left = current;
        }
    }
}
