namespace Mapping.Builtins.Time.Layouts;

/// <summary>The pieces of usual layouts. Numbers have two digits but for the year, and names are English.</summary>
internal enum TimePart : byte
{
    /// <summary>Only the character that follows.</summary>
    None,
    Year,
    ShortYear,
    Month,
    MonthName,
    ShortMonthName,
    Day,
    BlankDay,
    WeekdayName,
    ShortWeekdayName,
    Hour,
    Hour12,
    UpperHalf,
    LowerHalf,
    Minute,
    Second,

    /// <summary>Exactly so many digits.</summary>
    Fraction,

    /// <summary>A separator and digits: to write, up to so many without trailing zeros; to read, any number or neither.</summary>
    OptionalFraction,

    /// <summary>To read only: one digit to six of them.</summary>
    Microseconds,

    /// <summary>Hours and minutes.</summary>
    Offset,
}

/// <summary>One step of a usual layout.</summary>
/// <param name="Part">What it writes or reads.</param>
/// <param name="Argument">Digits of a fraction, or an <see cref="OffsetForm"/>.</param>
/// <param name="Separator">The character before a fraction, or zero.</param>
/// <param name="Then">The character that follows, or zero.</param>
internal readonly record struct TimeStep(TimePart Part, byte Argument = 0, byte Separator = 0, byte Then = 0);
