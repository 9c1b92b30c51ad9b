namespace Mapping.Builtins.Time.Layouts;

internal enum GoPart
{
    Literal,
    LongYear,
    ShortYear,
    LongMonth,
    ShortMonth,
    Month,
    ZeroMonth,
    LongWeekday,
    ShortWeekday,
    Day,
    ZeroDay,
    BlankDay,
    ZeroYearDay,
    BlankYearDay,
    Hour,
    Hour12,
    ZeroHour12,
    Minute,
    ZeroMinute,
    Second,
    ZeroSecond,
    UpperHalf,
    LowerHalf,
    Abbreviation,
    Offset,

    /// <summary><c>.000</c>: exactly so many digits.</summary>
    FixedFraction,

    /// <summary><c>.999</c>: without trailing zeros.</summary>
    TrimmedFraction,
}

/// <summary>How an offset is written: with minutes, seconds, colons, and <c>Z</c> for UTC.</summary>
[Flags]
internal enum OffsetForm
{
    HoursOnly = 0,
    Minutes = 1,
    Seconds = 2,
    Colons = 4,
    ZForUtc = 8,
}

/// <summary>One element of a layout.</summary>
/// <param name="Part">What it stands for.</param>
/// <param name="Literal">The text of a literal.</param>
/// <param name="Digits">Digits of a fraction.</param>
/// <param name="Separator">The character before a fraction.</param>
/// <param name="Form">The form of an offset.</param>
internal sealed record GoElement(GoPart Part, byte[] Literal, int Digits = 0, byte Separator = 0, OffsetForm Form = 0);
