using System.Diagnostics.CodeAnalysis;

namespace Mapping.Builtins.Time;

/// <summary>An ISO 8601 duration: <c>[-]PnYnMnWnDTnHnMnS</c>, a fraction in the last component only.</summary>
internal sealed class IsoPeriod
{
    private const long Second = 1_000_000_000;

    private static readonly (char Letter, bool InTime, Int128 Nanoseconds)[] Components =
    [
        ('Y', false, 31_556_952 * (Int128)Second), ('M', false, 2_629_746 * (Int128)Second), ('W', false, 7 * 86_400 * (Int128)Second), ('D', false, 86_400 * (Int128)Second),
        ('H', true, 3_600 * (Int128)Second), ('M', true, 60 * (Int128)Second), ('S', true, Second),
    ];

    // Whole parts of the components in their order, and the nanoseconds of the fraction of the last one.
    private readonly long[] sizes = new long[Components.Length];
    private Int128 fraction;
    private bool hasFraction;

    public bool IsNegative { get; private set; }

    /// <summary>Calendar months of years and months together.</summary>
    public Int128 Months => ((Int128)sizes[0] * 12) + sizes[1];

    public Int128 Days => ((Int128)sizes[2] * 7) + sizes[3];

    /// <summary>The exact part: hours, minutes, seconds and the fraction.</summary>
    public Int128 Nanoseconds => (sizes[4] * Components[4].Nanoseconds) + (sizes[5] * Components[5].Nanoseconds) + (sizes[6] * Components[6].Nanoseconds) + fraction;

    public static bool TryRead(ReadOnlySpan<byte> text, [NotNullWhen(true)] out IsoPeriod? period)
    {
        var read = new IsoPeriod();
        period = read.TryFill(text) ? read : null;
        return period is not null;
    }

    /// <summary>The length with years and months of average size; false when it does not fit.</summary>
    public bool TryNanoseconds(out long nanoseconds)
    {
        Int128 total = fraction;
        for (int i = 0; i < Components.Length; i++)
        {
            total += sizes[i] * Components[i].Nanoseconds;
        }

        total = IsNegative ? -total : total;
        nanoseconds = total >= long.MinValue && total <= long.MaxValue ? (long)total : 0;
        return total >= long.MinValue && total <= long.MaxValue;
    }

    private bool TryFill(ReadOnlySpan<byte> text)
    {
        if (text is [(byte)'-' or (byte)'+', ..])
        {
            IsNegative = text[0] == '-';
            text = text[1..];
        }

        if (text is not [(byte)'P', ..])
        {
            return false;
        }

        text = text[1..];
        bool inTime = false;
        bool any = false;
        int next = 0;
        while (!text.IsEmpty)
        {
            if (text[0] == 'T' && !inTime)
            {
                inTime = true;
                text = text[1..];
                any = false;
                continue;
            }

            if (hasFraction || !TryComponent(ref text, inTime, ref next))
            {
                return false;
            }

            any = true;
        }

        return any;
    }

    private bool TryComponent(ref ReadOnlySpan<byte> text, bool inTime, ref int next)
    {
        // Each component may have a sign of its own.
        int sign = text[0] == '-' ? -1 : 1;
        text = text[0] is (byte)'-' or (byte)'+' ? text[1..] : text;
        int end = text.IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        if (end is <= 0 or > 18)
        {
            return false;
        }

        long whole = sign * Number(text[..end]);
        text = text[end..];
        ReadOnlySpan<byte> decimals = [];
        if (text[0] is (byte)'.' or (byte)',')
        {
            int stop = text[1..].IndexOfAnyExceptInRange((byte)'0', (byte)'9');
            if (stop <= 0)
            {
                return false;
            }

            decimals = text.Slice(1, Math.Min(stop, 18));
            text = text[(stop + 1)..];
        }

        int at = next;
        while (at < Components.Length && (Components[at].Letter != text[0] || Components[at].InTime != inTime))
        {
            at++;
        }

        if (at == Components.Length)
        {
            return false;
        }

        sizes[at] = whole;
        if (!decimals.IsEmpty)
        {
            Int128 scale = 1;
            for (int i = 0; i < decimals.Length; i++)
            {
                scale *= 10;
            }

            fraction = sign * Number(decimals) * Components[at].Nanoseconds / scale;
            hasFraction = true;
        }

        text = text[1..];
        next = at + 1;
        return true;
    }

    private static long Number(ReadOnlySpan<byte> digits)
    {
        long value = 0;
        foreach (byte digit in digits)
        {
            value = (value * 10) + (digit - '0');
        }

        return value;
    }
}
