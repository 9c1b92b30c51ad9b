namespace Mapping.Builtins.Time.Layouts;

/// <summary>The steps of usual layouts.</summary>
internal sealed partial class GoLayout
{
    private TimeSteps StepsToWrite()
    {
        var steps = new TimeSteps();
        foreach (GoElement element in elements)
        {
            if (element.Part == GoPart.Literal)
            {
                steps.AddText(element.Literal);
            }
            else if (StepToWrite(element) is { } step)
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

    private TimeSteps StepsToRead()
    {
        var steps = new TimeSteps();
        for (int i = 0; i < elements.Length; i++)
        {
            GoElement element = elements[i];
            if (element.Part == GoPart.Literal)
            {
                steps.AddText(element.Literal);
            }
            else if (StepToRead(element) is { } step)
            {
                steps.Add(step);
                if (step.Part == TimePart.Second && !FractionFollows(i + 1))
                {
                    steps.Add(new TimeStep(TimePart.OptionalFraction, Separator: (byte)'.'));
                }
            }
            else
            {
                steps.Refuse();
            }
        }

        return steps;
    }

    private static TimeStep? StepToWrite(GoElement element)
    {
        TimePart part = element.Part switch
        {
            GoPart.LongYear => TimePart.Year,
            GoPart.ShortYear => TimePart.ShortYear,
            GoPart.ZeroMonth => TimePart.Month,
            GoPart.LongMonth => TimePart.MonthName,
            GoPart.ShortMonth => TimePart.ShortMonthName,
            GoPart.ZeroDay => TimePart.Day,
            GoPart.BlankDay => TimePart.BlankDay,
            GoPart.LongWeekday => TimePart.WeekdayName,
            GoPart.ShortWeekday => TimePart.ShortWeekdayName,
            GoPart.Hour => TimePart.Hour,
            GoPart.ZeroHour12 => TimePart.Hour12,
            GoPart.ZeroMinute => TimePart.Minute,
            GoPart.ZeroSecond => TimePart.Second,
            GoPart.UpperHalf => TimePart.UpperHalf,
            GoPart.LowerHalf => TimePart.LowerHalf,
            GoPart.FixedFraction => TimePart.Fraction,
            GoPart.TrimmedFraction => TimePart.OptionalFraction,
            GoPart.Offset when HasOnlyMinutes(element) => TimePart.Offset,
            _ => TimePart.None,
        };
        return part == TimePart.None ? null : new TimeStep(part, ArgumentOf(element), element.Separator);
    }

    private static TimeStep? StepToRead(GoElement element)
    {
        TimePart part = element.Part switch
        {
            GoPart.LongYear => TimePart.Year,
            GoPart.ZeroMonth or GoPart.Month => TimePart.Month,
            GoPart.ShortMonth => TimePart.ShortMonthName,
            GoPart.ZeroDay or GoPart.Day => TimePart.Day,
            GoPart.Hour => TimePart.Hour,
            GoPart.ZeroMinute or GoPart.Minute => TimePart.Minute,
            GoPart.ZeroSecond or GoPart.Second => TimePart.Second,
            GoPart.FixedFraction when element.Digits <= 9 => TimePart.Fraction,
            GoPart.TrimmedFraction => TimePart.OptionalFraction,
            GoPart.Offset when HasOnlyMinutes(element) => TimePart.Offset,
            _ => TimePart.None,
        };
        return part == TimePart.None ? null : new TimeStep(part, ArgumentOf(element), element.Separator);
    }

    private static bool HasOnlyMinutes(GoElement element) => (element.Form & (OffsetForm.Minutes | OffsetForm.Seconds)) == OffsetForm.Minutes;

    private static byte ArgumentOf(GoElement element) => element.Part == GoPart.Offset ? (byte)element.Form : (byte)Math.Min(9, element.Digits);
}
