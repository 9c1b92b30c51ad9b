using System.Text;
using Mapping.Builtins.Strings.Patterns;

namespace Mapping.Extras.Schemas.Formats;

/// <summary><c>hostname</c>, <c>uuid</c>, <c>regex</c>, <c>json-pointer</c>, <c>relative-json-pointer</c>.</summary>
internal static class NameFormats
{
    private const int LongestHostname = 255;
    private const int LongestLabel = 63;

    public static bool IsHostname(ReadOnlySpan<byte> text)
    {
        foreach (Range part in text.Split((byte)'.'))
        {
            ReadOnlySpan<byte> label = text[part];
            if (label.IsEmpty || label.Length > LongestLabel || label[0] == '-' || label[^1] == '-' || !label.ContainsOnly(IsLabelByte))
            {
                return false;
            }
        }

        return text.Length is > 0 and <= LongestHostname;
    }

    /// <summary>Lower case only.</summary>
    public static bool IsUuid(ReadOnlySpan<byte> text)
    {
        if (text.Length != 36)
        {
            return false;
        }

        for (int i = 0; i < text.Length; i++)
        {
            bool isDash = i is 8 or 13 or 18 or 23;
            if (isDash ? text[i] != '-' : !char.IsAsciiHexDigitLower((char)text[i]))
            {
                return false;
            }
        }

        return true;
    }

    public static bool IsRegex(ReadOnlySpan<byte> text) => text.IsEmpty || Pattern.TryCompile(Encoding.UTF8.GetString(text), out _, out _);

    public static bool IsJsonPointer(ReadOnlySpan<byte> text)
    {
        if (!text.IsEmpty && text[0] != '/')
        {
            return false;
        }

        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] == '~' && (i + 1 == text.Length || text[i + 1] is not ((byte)'0' or (byte)'1')))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>How many levels to go up, then a pointer or <c>#</c>.</summary>
    public static bool IsRelativeJsonPointer(ReadOnlySpan<byte> text)
    {
        int digits = text.IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        digits = digits < 0 ? text.Length : digits;
        if (digits == 0 || (digits > 1 && text[0] == '0'))
        {
            return false;
        }

        ReadOnlySpan<byte> rest = text[digits..];
        return rest is [(byte)'#'] || IsJsonPointer(rest);
    }

    private static bool IsLabelByte(byte value) => char.IsAsciiLetterOrDigit((char)value) || value == '-';

    private static bool ContainsOnly(this ReadOnlySpan<byte> text, Func<byte, bool> isAllowed)
    {
        foreach (byte value in text)
        {
            if (!isAllowed(value))
            {
                return false;
            }
        }

        return true;
    }
}
