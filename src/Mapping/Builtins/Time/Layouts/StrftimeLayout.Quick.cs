namespace Mapping.Builtins.Time.Layouts;

/// <summary>The steps of usual formats.</summary>
internal sealed partial class StrftimeLayout
{
    private TimeSteps CollectSteps(TimeSteps steps, bool toRead)
    {
        foreach (Directive directive in directives)
        {
            if (directive.Letter == 0)
            {
                steps.AddText(directive.Text);
            }
            else if (!directive.IsPlain)
            {
                steps.Refuse();
            }
            else if (directive.Letter == '%')
            {
                steps.AddText("%"u8);
            }
            else if (directive.Nested is { } nested)
            {
                nested.CollectSteps(steps, toRead);
            }
            else if ((toRead ? StepToRead(directive) : StepToWrite(directive)) is { Part: not TimePart.None } step)
            {
                steps.Add(step);
            }
            else
            {
                steps.Refuse();
            }
        }

        return steps;
    }

    private static TimeStep StepToWrite(Directive directive) => (char)directive.Letter switch
    {
        'Y' => new(TimePart.Year),
        'y' => new(TimePart.ShortYear),
        'm' => new(TimePart.Month),
        'B' => new(TimePart.MonthName),
        'b' or 'h' => new(TimePart.ShortMonthName),
        'd' => new(TimePart.Day),
        'e' => new(TimePart.BlankDay),
        'A' => new(TimePart.WeekdayName),
        'a' => new(TimePart.ShortWeekdayName),
        'H' => new(TimePart.Hour),
        'I' => new(TimePart.Hour12),
        'p' => new(TimePart.UpperHalf),
        'P' => new(TimePart.LowerHalf),
        'M' => new(TimePart.Minute),
        'S' => new(TimePart.Second),
        'f' => new(TimePart.Fraction, 6),
        'z' when directive.Colons <= 1 => new(TimePart.Offset, (byte)(directive.Colons == 1 ? OffsetForm.Colons : OffsetForm.HoursOnly)),
        _ => default,
    };

    private static TimeStep StepToRead(Directive directive) => (char)directive.Letter switch
    {
        'Y' => new(TimePart.Year),
        'm' => new(TimePart.Month),
        'b' or 'h' => new(TimePart.ShortMonthName),
        'd' => new(TimePart.Day),
        'H' => new(TimePart.Hour),
        'M' => new(TimePart.Minute),
        'S' => new(TimePart.Second),
        'f' => new(TimePart.Microseconds, 6),
        'z' when directive.Colons <= 1 => new(TimePart.Offset, (byte)(OffsetForm.ZForUtc | (directive.Colons == 1 ? OffsetForm.Colons : OffsetForm.HoursOnly))),
        _ => default,
    };
}
