namespace Mapping.Builtins.Time.Layouts;

/// <summary>Offsets and zone abbreviations at the beginning of a text.</summary>
internal static class OffsetReader
{
    public static string? Take(OffsetForm form, ref ReadOnlySpan<byte> text, ref TimeFields fields)
    {
        if (form.HasFlag(OffsetForm.ZForUtc) && text is [(byte)'Z', ..])
        {
            text = text[1..];
            fields.IsUtc = true;
            return null;
        }

        if (text.IsEmpty || text[0] is not ((byte)'+' or (byte)'-'))
        {
            return "a time zone offset is missing";
        }

        int sign = text[0] == '-' ? -1 : 1;
        text = text[1..];
        bool colons = form.HasFlag(OffsetForm.Colons);
        int minutes = 0;
        int seconds = 0;
        if (!DigitText.TryTake(ref text, 2, 2, out int hours)
            || (form.HasFlag(OffsetForm.Minutes) && !TakePart(ref text, colons, out minutes))
            || (form.HasFlag(OffsetForm.Seconds) && !TakePart(ref text, colons, out seconds)))
        {
            return "a time zone offset is incomplete";
        }

        if (hours > 24 || minutes > 60 || seconds > 60)
        {
            return "time zone offset out of range";
        }

        fields.OffsetSeconds = sign * ((((hours * 60) + minutes) * 60) + seconds);
        return null;
    }

    public static string? TakeAbbreviation(ref ReadOnlySpan<byte> text, ref TimeFields fields)
    {
        if (text.StartsWith("UTC"u8))
        {
            text = text[3..];
            fields.IsUtc = true;
            return null;
        }

        int length = LengthOfAbbreviation(text);
        if (length == 0)
        {
            return "a time zone abbreviation is missing";
        }

        fields.Abbreviation = text[..length];
        text = text[length..];
        return null;
    }

    /// <summary>Three to five capital letters, of which four or five end in T; GMT with hours; a sign with hours.</summary>
    private static int LengthOfAbbreviation(ReadOnlySpan<byte> text)
    {
        if (text.Length < 3)
        {
            return 0;
        }

        if (text.StartsWith("ChST"u8) || text.StartsWith("MeST"u8))
        {
            return 4;
        }

        if (text.StartsWith("GMT"u8))
        {
            return 3 + LengthOfSignedHours(text[3..]);
        }

        if (text[0] is (byte)'+' or (byte)'-')
        {
            return LengthOfSignedHours(text);
        }

        int letters = text.IndexOfAnyExceptInRange((byte)'A', (byte)'Z');
        letters = letters < 0 ? text.Length : letters;
        return letters switch
        {
            3 => 3,
            4 when text[3] == 'T' || text.StartsWith("WITA"u8) => 4,
            5 when text[4] == 'T' => 5,
            _ => 0,
        };
    }

    private static int LengthOfSignedHours(ReadOnlySpan<byte> text)
    {
        if (text.Length < 2 || text[0] is not ((byte)'+' or (byte)'-'))
        {
            return 0;
        }

        ReadOnlySpan<byte> rest = text[1..];
        return DigitText.TryTake(ref rest, 1, 9, out int hours) && hours <= 23 ? text.Length - rest.Length : 0;
    }

    private static bool TakePart(ref ReadOnlySpan<byte> text, bool colon, out int value)
    {
        value = 0;
        if (colon)
        {
            if (text is not [(byte)':', ..])
            {
                return false;
            }

            text = text[1..];
        }

        return DigitText.TryTake(ref text, 2, 2, out value);
    }
}
