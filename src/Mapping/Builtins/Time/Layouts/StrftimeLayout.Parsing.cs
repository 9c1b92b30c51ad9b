using System.Buffers;
using System.Text;
using Mapping.Values;

namespace Mapping.Builtins.Time.Layouts;

/// <summary>Reading a timestamp by a format.</summary>
internal sealed partial class StrftimeLayout
{
    private static readonly SearchValues<byte> WhiteSpace = SearchValues.Create(" \t\n\r\v\f"u8);

    /// <summary>Reads the whole text by a format that <see cref="FirstUnreadable"/> has nothing against; says what is wrong with it, or null.</summary>
    public string? ReadClosely(ReadOnlySpan<byte> text, out Timestamp? moment)
    {
        moment = null;
        var fields = new StrptimeFields();
        string? problem = TakeAll(ref text, ref fields);
        if (problem is not null)
        {
            return problem;
        }

        return text.IsEmpty ? fields.TryFinish(out moment) : "extra text";
    }

    /// <summary>Why no text can be read by this format, or null: some directives, and all flags, are for writing only.</summary>
    public string? FirstUnreadable()
    {
        foreach (Directive directive in directives)
        {
            if (directive.Letter != 0 && (directive.Letter == '?' || !directive.IsPlain))
            {
                return $"unexpected directive '{Encoding.UTF8.GetString(directive.Text)}'";
            }
        }

        return null;
    }

    private string? TakeAll(ref ReadOnlySpan<byte> text, ref StrptimeFields fields)
    {
        foreach (Directive directive in directives)
        {
            string? problem = Take(directive, ref text, ref fields);
            if (problem is not null)
            {
                return problem;
            }
        }

        return null;
    }

    private static string? Take(Directive directive, ref ReadOnlySpan<byte> text, ref StrptimeFields fields)
    {
        if (directive.Letter == 0)
        {
            if (!text.StartsWith(directive.Text))
            {
                return $"expected '{Encoding.UTF8.GetString(directive.Text)}'";
            }

            text = text[directive.Text.Length..];
            return null;
        }

        return directive.Nested is { } nested ? nested.TakeAll(ref text, ref fields)
            : (char)directive.Letter is 'B' or 'b' or 'h' or 'A' or 'a' or 'p' or 'P' or 'Z' or 'z' or 'n' or 't' or '%' or 's' or 'f'
                ? TakeText(directive, ref text, ref fields)
                : TakeNumber((char)directive.Letter, ref text, ref fields);
    }

    private static string? TakeNumber(char letter, ref ReadOnlySpan<byte> text, ref StrptimeFields fields)
    {
        (int digits, int least, int most) = letter switch
        {
            'Y' or 'G' => (4, 0, 9999),
            'y' or 'g' or 'C' => (2, 0, 99),
            'm' => (2, 1, 12),
            'd' or 'e' => (2, 1, 31),
            'j' => (3, 1, 366),
            'H' or 'k' => (2, 0, 23),
            'I' or 'l' => (2, 1, 12),
            'M' => (2, 0, 59),
            'S' => (2, 0, 60),
            'w' => (1, 0, 6),
            'u' => (1, 1, 7),
            'V' => (2, 1, 53),
            _ => (2, 0, 53),
        };
        if (letter is 'e' or 'k' or 'l' && text is [(byte)' ', ..])
        {
            text = text[1..];
        }

        if (!DigitText.TryTake(ref text, 1, digits, out int value))
        {
            return $"a number is missing for %{letter}";
        }

        if (value < least || value > most)
        {
            return $"{value} is out of range for %{letter}";
        }

        Store(letter, value, ref fields);
        return null;
    }

    private static void Store(char letter, int value, ref StrptimeFields fields)
    {
        switch (letter)
        {
            case 'Y':
                fields.Year = value;
                break;
            case 'G':
                fields.WeekYear = value;
                break;
            case 'y':
                fields.ShortYear = value;
                break;
            case 'g':
                fields.WeekYear = value + (value >= 69 ? 1900 : 2000);
                break;
            case 'C':
                fields.Century = value;
                break;
            case 'm':
                fields.Month = value;
                break;
            case 'd' or 'e':
                fields.Day = value;
                break;
            case 'j':
                fields.YearDay = value;
                break;
            case 'H' or 'k' or 'I' or 'l':
                fields.Hour = value;
                break;
            case 'M':
                fields.Minute = value;
                break;
            case 'S':
                fields.Second = value;
                break;
            case 'w' or 'u':
                fields.Weekday = value % 7;
                break;
            case 'V':
                fields.IsoWeek = value;
                break;
            case 'U':
                fields.SundayWeek = value;
                break;
            default:
                fields.MondayWeek = value;
                break;
        }
    }

    private static string? TakeText(Directive directive, ref ReadOnlySpan<byte> text, ref StrptimeFields fields)
    {
        switch ((char)directive.Letter)
        {
            case 'B' or 'b' or 'h':
                int month = TimeNames.Take(directive.Letter == 'B' ? TimeNames.Months : TimeNames.ShortMonths, ref text);
                fields.Month = month + 1;
                return month >= 0 ? null : "a name of a month is missing";
            case 'A' or 'a':
                int day = TimeNames.Take(directive.Letter == 'A' ? TimeNames.Days : TimeNames.ShortDays, ref text);
                fields.Weekday = day;
                return day >= 0 ? null : "a name of a weekday is missing";
            case 'p' or 'P':
                return TakeHalf(ref text, ref fields);
            case 'Z':
                return TakeZone(ref text, ref fields);
            case 'z':
                return TakeOffset(directive.Colons, ref text, ref fields);
            case 's':
                return TakeUnixSeconds(ref text, ref fields);
            case 'f':
                int digits = text.IndexOfAnyExceptInRange((byte)'0', (byte)'9');
                digits = Math.Min(6, digits < 0 ? text.Length : digits);
                fields.Nanosecond = DigitText.Nanoseconds(text[..digits]);
                text = text[digits..];
                return digits > 0 ? null : "a fraction is missing";
            case '%':
                bool percent = text is [(byte)'%', ..];
                text = percent ? text[1..] : text;
                return percent ? null : "expected '%'";
            default:
                int blanks = text.IndexOfAnyExcept(WhiteSpace);
                blanks = blanks < 0 ? text.Length : blanks;
                text = text[blanks..];
                return blanks > 0 ? null : "white space is missing";
        }
    }

    private static string? TakeHalf(ref ReadOnlySpan<byte> text, ref StrptimeFields fields)
    {
        if (text.Length < 2 || (text[1] | 0x20) != 'm' || (char)(text[0] | 0x20) is not ('a' or 'p'))
        {
            return "AM or PM is missing";
        }

        fields.IsAfternoon = (text[0] | 0x20) == 'p';
        text = text[2..];
        return null;
    }

    private static string? TakeUnixSeconds(ref ReadOnlySpan<byte> text, ref StrptimeFields fields)
    {
        ReadOnlySpan<byte> digits = text is [(byte)'-', ..] ? text[1..] : text;
        int count = digits.IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        count = count < 0 ? digits.Length : count;
        int length = text.Length - digits.Length + count;
        if (count == 0 || !long.TryParse(text[..length], System.Globalization.CultureInfo.InvariantCulture, out long seconds))
        {
            return "Unix seconds are missing";
        }

        fields.UnixSeconds = seconds;
        text = text[length..];
        return null;
    }

    /// <summary>Capital letters, or an offset where the zone has none.</summary>
    private static string? TakeZone(ref ReadOnlySpan<byte> text, ref StrptimeFields fields)
    {
        if (text is [(byte)'+' or (byte)'-', ..])
        {
            return TakeOffset(0, ref text, ref fields);
        }

        int letters = text.IndexOfAnyExceptInRange((byte)'A', (byte)'Z');
        letters = letters < 0 ? text.Length : letters;
        if (letters == 0)
        {
            return "a time zone abbreviation is missing";
        }

        fields.Abbreviation = text[..letters];
        text = text[letters..];
        return null;
    }

    private static string? TakeOffset(int colons, ref ReadOnlySpan<byte> text, ref StrptimeFields fields)
    {
        if (text is [(byte)'Z', ..])
        {
            text = text[1..];
            fields.OffsetSeconds = 0;
            return null;
        }

        if (text.IsEmpty || text[0] is not ((byte)'+' or (byte)'-'))
        {
            return "a time zone offset is missing";
        }

        int sign = text[0] == '-' ? -1 : 1;
        text = text[1..];
        if (!DigitText.TryTake(ref text, 2, 2, out int hours) || hours > 24)
        {
            return "a time zone offset is incomplete";
        }

        // %z takes an optional colon, the others ask for it; %:::z may end after any part.
        int minutes = 0;
        int seconds = 0;
        bool atEnd = text.IsEmpty || (text[0] != ':' && !DigitText.IsDigit(text, 0));
        if (colons != 3 || !atEnd)
        {
            if (!TakeColon(ref text, colons > 0) || !DigitText.TryTake(ref text, 2, 2, out minutes) || minutes > 59)
            {
                return "a time zone offset is incomplete";
            }

            bool wantsSeconds = colons == 2 || (colons == 3 && text is [(byte)':', ..]);
            if (wantsSeconds && (!TakeColon(ref text, required: true) || !DigitText.TryTake(ref text, 2, 2, out seconds) || seconds > 59))
            {
                return "a time zone offset is incomplete";
            }
        }

        fields.OffsetSeconds = sign * ((hours * 3600) + (minutes * 60) + seconds);
        return null;
    }

    private static bool TakeColon(ref ReadOnlySpan<byte> text, bool required)
    {
        if (text is [(byte)':', ..])
        {
            text = text[1..];
            return true;
        }

        return !required;
    }
}
