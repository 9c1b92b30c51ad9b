using System.Buffers;
using System.Globalization;
using System.Text;
using Mapping.Builtins.Time.Layouts;
using Mapping.Values;
using NodaTime;

namespace Mapping.Builtins.Time;

/// <summary>A duration of ISO 8601, <c>P1Y2M3W4DT5H6M7.5S</c>: its parts in that order.</summary>
internal sealed class IsoPeriod(decimal[] parts)
{
    private const string DateUnits = "YMWD";
    private const string TimeUnits = "HMS";

    private static readonly SearchValues<char> NumberCharacters = SearchValues.Create("+-0123456789.,");

    /// <summary>Of a year, month, week, day, hour, minute and second; the first two on average.</summary>
    private static readonly decimal[] Nanoseconds =
        [31_556_952_000_000_000, 2_629_746_000_000_000, 604_800_000_000_000, 86_400_000_000_000, 3_600_000_000_000, 60_000_000_000, 1_000_000_000];

    /// <summary>Says what is wrong, or null.</summary>
    public static string? TryParse(ReadOnlySpan<byte> bytes, out IsoPeriod? period)
    {
        period = null;
        string text = Encoding.UTF8.GetString(bytes);
        ReadOnlySpan<char> rest = text;
        decimal sign = rest is ['-', ..] ? -1 : 1;
        if (rest is ['-' or '+', ..])
        {
            rest = rest[1..];
        }

        if (rest is not ['P', ..])
        {
            return $"{text}: expected 'P' period mark at the start";
        }

        rest = rest[1..];
        var parts = new decimal[7];
        int next = 0;
        bool inTime = false;
        bool any = false;
        bool ended = false;
        while (!rest.IsEmpty)
        {
            if (rest[0] == 'T' && !inTime)
            {
                inTime = true;
                any = false;
                next = DateUnits.Length;
                rest = rest[1..];
                continue;
            }

            if (ended || !TryPart(ref rest, inTime, next, out int unit, out decimal amount))
            {
                return $"{text}: expected numbers followed by designators in the order Y, M, W, D, T, H, M, S, with a fraction only in the last";
            }

            parts[unit] = sign * amount;
            next = unit + 1;
            any = true;
            ended = amount != decimal.Truncate(amount);
        }

        if (!any)
        {
            return $"{text}: expected at least one number with its designator";
        }

        period = new IsoPeriod(parts);
        return null;
    }

    /// <summary>In nanoseconds; false beyond 292 years.</summary>
    public bool TryNanoseconds(out long nanoseconds)
    {
        nanoseconds = 0;
        if (!TryTotal(0, out decimal total) || total is < long.MinValue or > long.MaxValue)
        {
            return false;
        }

        nanoseconds = (long)total;
        return true;
    }

    /// <summary>Moves a time: whole years to days by the calendar, in the zone of the time, the rest exactly.</summary>
    public bool TryAddTo(Timestamp start, int direction, out Timestamp? moment)
    {
        moment = start;
        int exactFrom = parts.AsSpan(0, 4).IndexOfAnyExcept(0) < 0 ? 4 : 0;
        if (exactFrom == 0 && Array.TrueForAll(parts[..4], static p => p == decimal.Truncate(p)))
        {
            exactFrom = 4;
            if (!TryMoveDate(start, direction, out moment))
            {
                return false;
            }
        }

        return TryTotal(exactFrom, out decimal total)
            && Moments.TryFromNanoseconds(Moments.Nanoseconds(moment!) + (Int128)(direction * total), start.Moment.Zone, out moment);
    }

    private static bool TryPart(ref ReadOnlySpan<char> rest, bool inTime, int next, out int unit, out decimal amount)
    {
        unit = -1;
        amount = 0;
        int length = rest.IndexOfAnyExcept(NumberCharacters);
        if (length <= 0 || rest[..length].Count('.') + rest[..length].Count(',') > 1 || !char.IsAsciiDigit(rest[length - 1]))
        {
            return false;
        }

        string number = rest[..length].ToString().Replace(',', '.');
        const NumberStyles Style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint;
        if (!char.IsAsciiDigit(number.AsSpan().TrimStart("+-")[0]) || !decimal.TryParse(number, Style, CultureInfo.InvariantCulture, out amount))
        {
            return false;
        }

        int position = (inTime ? TimeUnits : DateUnits).IndexOf(rest[length], StringComparison.Ordinal);
        unit = position + (inTime ? DateUnits.Length : 0);
        rest = rest[(length + 1)..];
        return position >= 0 && unit >= next;
    }

    /// <summary>Days that a month does not have run over into the next: 31 January plus a month is 2 or 3 March.</summary>
    private bool TryMoveDate(Timestamp start, int direction, out Timestamp? moment)
    {
        moment = null;
        LocalDateTime local = start.Moment.LocalDateTime;
        decimal months = (local.Year * 12m) + (local.Month - 1) + (direction * ((parts[0] * 12) + parts[1]));
        decimal days = local.Day - 1 + (direction * ((parts[2] * 7) + parts[3]));
        if (months is < -100_000 or > 200_000 || days is < -4_000_000 or > 4_000_000)
        {
            return false;
        }

        int year = (int)Math.Floor(months / 12);
        if (year is < -9000 or > 9999)
        {
            return false;
        }

        // Through the instants of UTC, which are further apart than any date that can result.
        LocalDate first = new(year, (int)(months - (year * 12m)) + 1, 1);
        Int128 target = Moments.Nanoseconds(new Timestamp(first.AtMidnight().InUtc())) + ((Int128)days * NodaConstants.NanosecondsPerDay);
        return Moments.TryFromNanoseconds(target, DateTimeZone.Utc, out Timestamp? date)
            && Moments.TryIn(date.Moment.Date + local.TimeOfDay, start.Moment.Zone, out moment);
    }

    private bool TryTotal(int from, out decimal total)
    {
        total = 0;
        for (int i = from; i < parts.Length; i++)
        {
            // Far beyond all years, and safe from overflow.
            if (Math.Abs(parts[i]) > 1_000_000_000_000)
            {
                return false;
            }

            total += parts[i] * Nanoseconds[i];
        }

        return true;
    }
}
