namespace Mapping.Builtins.Time;

/// <summary>Durations as in Go: signed decimals with a unit each.</summary>
internal static class DurationText
{
    private static readonly (byte[] Name, long Nanoseconds)[] Units =
    [
        ("ns"u8.ToArray(), 1), ("us"u8.ToArray(), 1_000), ("µs"u8.ToArray(), 1_000), ("μs"u8.ToArray(), 1_000), ("ms"u8.ToArray(), 1_000_000),
        ("s"u8.ToArray(), 1_000_000_000), ("m"u8.ToArray(), 60_000_000_000), ("h"u8.ToArray(), 3_600_000_000_000),
    ];

    public static bool TryRead(ReadOnlySpan<byte> text, out long nanoseconds)
    {
        nanoseconds = 0;
        bool negative = text is [(byte)'-', ..];
        if (text is [(byte)'-' or (byte)'+', ..])
        {
            text = text[1..];
        }

        if (text.SequenceEqual("0"u8))
        {
            return true;
        }

        if (text.IsEmpty)
        {
            return false;
        }

        Int128 total = 0;
        while (!text.IsEmpty)
        {
            if (!TryComponent(ref text, out Int128 size))
            {
                return false;
            }

            total += size;
            if (total > (Int128)long.MaxValue + 1)
            {
                return false;
            }
        }

        total = negative ? -total : total;
        nanoseconds = total > long.MaxValue ? 0 : (long)total;
        return total <= long.MaxValue;
    }

    private static bool TryComponent(ref ReadOnlySpan<byte> text, out Int128 size)
    {
        size = 0;
        ReadOnlySpan<byte> whole = Digits(ref text);
        ReadOnlySpan<byte> fraction = [];
        if (text is [(byte)'.', ..])
        {
            text = text[1..];
            fraction = Digits(ref text);
        }

        if ((whole.IsEmpty && fraction.IsEmpty) || !TryUnit(ref text, out long unit))
        {
            return false;
        }

        foreach (byte digit in whole)
        {
            size = (size * 10) + (digit - '0');
            if (size > long.MaxValue)
            {
                return false;
            }
        }

        size *= unit;
        // In floats, as the reference does: a long fraction of an hour gives whole nanoseconds.
        long scaled = 0;
        double scale = 1;
        foreach (byte digit in fraction)
        {
            if (scaled > (long.MaxValue - 9) / 10)
            {
                break;
            }

            scaled = (scaled * 10) + (digit - '0');
            scale *= 10;
        }

        size += (long)(scaled * (unit / scale));
        return true;
    }

    private static ReadOnlySpan<byte> Digits(scoped ref ReadOnlySpan<byte> text)
    {
        int end = text.IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        ReadOnlySpan<byte> digits = end < 0 ? text : text[..end];
        text = text[digits.Length..];
        return digits;
    }

    private static bool TryUnit(ref ReadOnlySpan<byte> text, out long unit)
    {
        unit = 0;
        int end = text.IndexOfAnyInRange((byte)'.', (byte)'9');
        ReadOnlySpan<byte> name = end < 0 ? text : text[..end];
        foreach ((byte[] known, long nanoseconds) in Units)
        {
            if (name.SequenceEqual(known))
            {
                unit = nanoseconds;
            }
        }

        text = text[name.Length..];
        return unit != 0;
    }
}
