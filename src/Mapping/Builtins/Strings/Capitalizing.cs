using System.Buffers;
using System.Globalization;
using System.Text;
using Mapping.Functions;
using Mapping.Values;

namespace Mapping.Builtins.Strings;

/// <summary><c>capitalize</c>.</summary>
internal static class Capitalizing
{
    private const int CapitalSigma = 0x3A3;

    public static readonly Builtin Capitalize = BuiltinBuilder
        .Method("capitalize", Category.Strings, "Starts every word of a string with an upper case letter and turns its other letters to lower case.")
        .On(Accepts.Text)
        .Returns("string")
        .Example("", "root.title = this.title.capitalize()", ("""{"title":"the foo bar"}""", """{"title":"The Foo Bar"}"""))
        .Example("An apostrophe does not end a word.", "root = this.capitalize()", ("\"IT'S a kind of MAGIC\"", "It's A Kind Of Magic"))
        .Body(static (context, target) => Convert(context, target));

    private static Value Convert(EvaluationContext context, Value target)
    {
        ReadOnlySpan<byte> source = target.AsSpan();
        if (!Ascii.IsValid(source))
        {
            return ConvertUnicode(context, target, source);
        }

        Span<byte> room = context.Arena.Allocate(source.Length, out byte[] owner, out int offset);
        var words = new WordTracker();
        for (int i = 0; i < source.Length; i++)
        {
            byte c = source[i];
            room[i] = !char.IsAsciiLetter((char)c) ? c : words.IsMidWord ? (byte)(c | 0x20) : (byte)(c & ~0x20);
            words.Pass(new Rune(c));
        }

        return target.Kind == ValueKind.Bytes ? Value.FromBytes(owner, offset, room.Length) : Value.FromUtf8(owner, offset, room.Length);
    }

    private static Value ConvertUnicode(EvaluationContext context, Value target, ReadOnlySpan<byte> source)
    {
        ArrayBufferWriter<byte> result = context.Scratch();
        var words = new WordTracker();
        while (!source.IsEmpty)
        {
            Rune.DecodeFromUtf8(source, out Rune rune, out int length);
            source = source[length..];
            if (!WordTracker.IsCased(rune))
            {
                Write(result, rune);
            }
            else if (!words.IsMidWord)
            {
                WriteTitle(result, rune);
            }
            else
            {
                WriteLower(result, rune, source);
            }

            words.Pass(rune);
        }

        return target.Kind == ValueKind.Bytes ? context.FinishBytes() : context.FinishString();
    }

    private static void WriteLower(ArrayBufferWriter<byte> result, Rune rune, ReadOnlySpan<byte> rest)
    {
        if (rune.Value == 0x130)
        {
            result.Write("i\u0307"u8);
            return;
        }

        bool isFinalSigma = rune.Value == CapitalSigma && !CasedLetterFollows(rest);
        Write(result, isFinalSigma ? new Rune(0x3C2) : Rune.ToLowerInvariant(rune));
    }

    private static bool CasedLetterFollows(ReadOnlySpan<byte> rest)
    {
        while (!rest.IsEmpty)
        {
            Rune.DecodeFromUtf8(rest, out Rune rune, out int length);
            if (WordTracker.IsCased(rune))
            {
                return true;
            }

            if (!WordTracker.IsMid(rune) && !WordTracker.IsExtender(rune))
            {
                return false;
            }

            rest = rest[length..];
        }

        return false;
    }

    /// <summary>The forms whose title case is more than one letter, or neither upper nor lower case.</summary>
    private static void WriteTitle(ArrayBufferWriter<byte> result, Rune rune)
    {
        switch (rune.Value)
        {
            case 0x131:
                result.Write("I"u8);
                break;
            case 0x17F:
                result.Write("S"u8);
                break;
            case 0xDF:
                result.Write("Ss"u8);
                break;
            case >= 0x1C4 and <= 0x1CC:
                Write(result, new Rune(rune.Value <= 0x1C6 ? 0x1C5 : rune.Value <= 0x1C9 ? 0x1C8 : 0x1CB));
                break;
            case >= 0x1F1 and <= 0x1F3:
                Write(result, new Rune(0x1F2));
                break;
            case 0xFB00:
                result.Write("Ff"u8);
                break;
            case 0xFB01:
                result.Write("Fi"u8);
                break;
            case 0xFB02:
                result.Write("Fl"u8);
                break;
            case 0xFB03:
                result.Write("Ffi"u8);
                break;
            case 0xFB04:
                result.Write("Ffl"u8);
                break;
            case 0xFB05 or 0xFB06:
                result.Write("St"u8);
                break;
            default:
                Write(result, Rune.ToUpperInvariant(rune));
                break;
        }
    }

    private static void Write(ArrayBufferWriter<byte> result, Rune rune) => result.Advance(rune.EncodeToUtf8(result.GetSpan(4)));

    /// <summary>Word boundaries as title casing sees them: a word begins with its first cased letter.</summary>
    private struct WordTracker
    {
        private bool wasMid;

        public bool IsMidWord { get; private set; }

        public static bool IsCased(Rune rune) =>
            rune.IsAscii ? char.IsAsciiLetter((char)rune.Value) : Rune.GetUnicodeCategory(rune) is UnicodeCategory.UppercaseLetter
                or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter || rune.Value is 0xAA or 0xBA;

        /// <summary>Joins the letters on both sides of it, unless it stands twice.</summary>
        public static bool IsMid(Rune rune) => rune.Value is '\'' or '.' or ':' or 0xB7 or 0x387 or 0x55F or 0x5F4 or 0x2018 or 0x2019 or 0x2024 or 0x2027
            or 0xFE13 or 0xFE52 or 0xFE55 or 0xFF07 or 0xFF0E or 0xFF1A;

        public static bool IsExtender(Rune rune) => Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark
            or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.Format;

        public void Pass(Rune rune)
        {
            bool isMid = IsMid(rune);
            if (isMid && wasMid)
            {
                IsMidWord = false;
            }

            if (IsCased(rune))
            {
                IsMidWord = true;
            }
            else if (!isMid && Breaks(rune))
            {
                IsMidWord = false;
            }

            wasMid = isMid;
        }

        private static bool Breaks(Rune rune) => Rune.GetUnicodeCategory(rune) switch
        {
            UnicodeCategory.OtherLetter or UnicodeCategory.ModifierLetter => IsIdeograph(rune),
            UnicodeCategory.DecimalDigitNumber or UnicodeCategory.LetterNumber or UnicodeCategory.ConnectorPunctuation => false,
            _ => !IsExtender(rune),
        };

        private static bool IsIdeograph(Rune rune) => rune.Value is (>= 0x2E80 and <= 0x30FF) or (>= 0x3400 and <= 0x9FFF) or (>= 0xF900 and <= 0xFAFF)
            or (>= 0x20000 and <= 0x3FFFF) or (>= 0x0E00 and <= 0x0EFF);
    }
}
