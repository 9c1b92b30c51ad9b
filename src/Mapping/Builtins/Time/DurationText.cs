using System.Buffers;
using System.Text;

namespace Mapping.Builtins.Time;

/// <summary>Durations such as <c>1h15m30.5s</c> as nanoseconds.</summary>
internal static class DurationText
{
    private const ulong Limit = 1UL << 63;

    private static readonly SearchValues<byte> NumberStart = SearchValues.Create("0123456789."u8);

    /// <summary>Says what is wrong, or null.</summary>
    public static string? TryParse(ReadOnlySpan<byte> text, out long nanoseconds)
    {
        nanoseconds = 0;
        ReadOnlySpan<byte> rest = text;
        bool negative = rest is [(byte)'-', ..];
        if (rest is [(byte)'-' or (byte)'+', ..])
        {
            rest = rest[1..];
        }

        if (rest is [(byte)'0'])
        {
            return null;
        }

        if (rest.IsEmpty)
        {
            return Invalid(text);
        }

        ulong total = 0;
        while (!rest.IsEmpty)
        {
            if (!TryPart(ref rest, out ulong part) || part > Limit - total)
            {
                return Invalid(text);
            }

            total += part;
        }

        if (!negative && total == Limit)
        {
            return Invalid(text);
        }

        nanoseconds = negative ? (long)(0UL - total) : (long)total;
        return null;
    }

    private static bool TryPart(ref ReadOnlySpan<byte> rest, out ulong part)
    {
        part = 0;
        int before = CountDigits(rest);
        if (!TryWhole(rest[..before], out ulong whole))
        {
            return false;
        }

        rest = rest[before..];
        int after = 0;
        ulong fraction = 0;
        double scale = 1;
        if (rest is [(byte)'.', ..])
        {
            after = CountDigits(rest[1..]);
            Fraction(rest.Slice(1, after), out fraction, out scale);
            rest = rest[(after + 1)..];
        }

        int unitLength = rest.IndexOfAny(NumberStart);
        unitLength = unitLength < 0 ? rest.Length : unitLength;
        ulong unit = UnitOf(rest[..unitLength]);
        if (before + after == 0 || unit == 0 || whole > Limit / unit)
        {
            return false;
        }

        rest = rest[unitLength..];
        part = (whole * unit) + (ulong)(fraction * (unit / scale));
        return part <= Limit;
    }

    private static ulong UnitOf(ReadOnlySpan<byte> name) => Encoding.UTF8.GetString(name) switch
    {
        "ns" => 1,
        "us" or "µs" or "μs" => 1_000,
        "ms" => 1_000_000,
        "s" => 1_000_000_000,
        "m" => 60_000_000_000,
        "h" => 3_600_000_000_000,
        _ => 0,
    };

    private static bool TryWhole(ReadOnlySpan<byte> digits, out ulong value)
    {
        value = 0;
        foreach (byte c in digits)
        {
            if (value > Limit / 10)
            {
                return false;
            }

            value = (value * 10) + (ulong)(c - '0');
            if (value > Limit)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Digits that no longer fit are dropped: they are far below a nanosecond.</summary>
    private static void Fraction(ReadOnlySpan<byte> digits, out ulong value, out double scale)
    {
        value = 0;
        scale = 1;
        foreach (byte c in digits)
        {
            if (value > (Limit - 1) / 10)
            {
                return;
            }

            ulong next = (value * 10) + (ulong)(c - '0');
            if (next > Limit)
            {
                return;
            }

            value = next;
            scale *= 10;
        }
    }

    private static int CountDigits(ReadOnlySpan<byte> text)
    {
        int end = text.IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        return end < 0 ? text.Length : end;
    }

    private static string Invalid(ReadOnlySpan<byte> text) => $"invalid duration \"{Encoding.UTF8.GetString(text)}\"";
}
