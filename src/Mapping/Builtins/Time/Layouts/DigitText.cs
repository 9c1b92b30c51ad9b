using System.Buffers;

namespace Mapping.Builtins.Time.Layouts;

/// <summary>Numbers of times: fixed widths, written to and taken from bytes.</summary>
internal static class DigitText
{
    /// <summary>Writes a number with at least <paramref name="width"/> characters; a padding of zero writes none.</summary>
    public static void Append(IBufferWriter<byte> writer, long value, int width, char padding = '0')
    {
        Span<byte> digits = stackalloc byte[20];
        int at = digits.Length;
        ulong rest = value < 0 ? 0UL - (ulong)value : (ulong)value;
        do
        {
            digits[--at] = (byte)('0' + (rest % 10));
            rest /= 10;
        }
        while (rest > 0);

        int missing = padding == '\0' ? 0 : Math.Max(0, width - (digits.Length - at) - (value < 0 ? 1 : 0));
        Span<byte> room = writer.GetSpan(missing + 24);
        int used = 0;
        if (value < 0 && padding == '0')
        {
            room[used++] = (byte)'-';
        }

        room.Slice(used, missing).Fill((byte)padding);
        used += missing;
        if (value < 0 && padding != '0')
        {
            room[used++] = (byte)'-';
        }

        digits[at..].CopyTo(room[used..]);
        writer.Advance(used + digits.Length - at);
    }

    public static void Append(IBufferWriter<byte> writer, char c)
    {
        writer.GetSpan(1)[0] = (byte)c;
        writer.Advance(1);
    }

    /// <summary>Takes between <paramref name="least"/> and <paramref name="most"/> digits.</summary>
    public static bool TryTake(ref ReadOnlySpan<byte> text, int least, int most, out int value)
    {
        value = 0;
        int count = 0;
        while (count < most && count < text.Length && IsDigit(text, count))
        {
            value = (value * 10) + (text[count] - '0');
            count++;
        }

        if (count < least)
        {
            return false;
        }

        text = text[count..];
        return true;
    }

    /// <summary>Nanoseconds of a fraction given by its digits; those after the ninth are dropped.</summary>
    public static int Nanoseconds(ReadOnlySpan<byte> digits)
    {
        int value = 0;
        for (int i = 0; i < 9; i++)
        {
            value = (value * 10) + (i < digits.Length ? digits[i] - '0' : 0);
        }

        return value;
    }

    public static bool IsDigit(ReadOnlySpan<byte> text, int at) => at < text.Length && char.IsAsciiDigit((char)text[at]);
}
