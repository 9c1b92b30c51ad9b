namespace Mapping.Values;

/// <summary>The Gregorian calendar as arithmetic on days since the beginning of 1970, for the years 0 to 9999.</summary>
internal static class CivilDate
{
    public const long SecondsPerDay = 24 * 60 * 60;

    /// <summary>The beginning of the year 0 and the end of the year 9999, in seconds since the beginning of 1970.</summary>
    public const long FirstSecond = -62_167_219_200;
    public const long LastSecond = 253_402_300_799;

    private const uint DaysPerEra = 146_097;

    // Counting begins with a first of March, 400 years before the year 0, so that leap days end their years and nothing is negative.
    private const uint FirstOfMarch = 719_468 + DaysPerEra;

    private static ReadOnlySpan<byte> MonthLengths => [0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

    public static bool IsLeapYear(int year) => (year & 3) == 0 && (year % 100 != 0 || year % 400 == 0);

    public static int DaysInMonth(int year, int month) => month == 2 && IsLeapYear(year) ? 29 : MonthLengths[month];

    /// <summary>The days from the beginning of 1970 to a date that exists.</summary>
    public static int ToDays(int year, int month, int day)
    {
        bool isLate = month > 2;
        uint shifted = (uint)(year + 400 - (isLate ? 0 : 1));
        uint century = shifted / 100;
        uint dayOfYear = (((153 * (uint)(month + (isLate ? -3 : 9))) + 2) / 5) + (uint)day - 1;
        return (int)((shifted * 365) + (shifted / 4) - century + (century / 4) + dayOfYear - FirstOfMarch);
    }

    /// <summary>The date so many days after the beginning of 1970.</summary>
    public static void OfDays(int days, out int year, out int month, out int day)
    {
        uint since = (uint)(days + (int)FirstOfMarch);
        uint era = since / DaysPerEra;
        uint dayOfEra = since - (era * DaysPerEra);
        uint yearOfEra = (dayOfEra - (dayOfEra / 1460) + (dayOfEra / 36_524) - (dayOfEra / (DaysPerEra - 1))) / 365;
        uint dayOfYear = dayOfEra - ((365 * yearOfEra) + (yearOfEra / 4) - (yearOfEra / 100));
        uint shifted = ((5 * dayOfYear) + 2) / 153;
        day = (int)(dayOfYear - (((153 * shifted) + 2) / 5) + 1);
        month = (int)(shifted < 10 ? shifted + 3 : shifted - 9);
        year = (int)((era * 400) + yearOfEra) - 400 + (month <= 2 ? 1 : 0);
    }

    /// <summary>From Sunday.</summary>
    public static int Weekday(int days) => (int)(((uint)days + 4 + (7 * 200_000)) % 7);
}
