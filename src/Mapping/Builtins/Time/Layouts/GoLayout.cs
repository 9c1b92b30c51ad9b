using System.Text;

namespace Mapping.Builtins.Time.Layouts;

/// <summary>
/// A layout that shows the reference instant Mon Jan 2 15:04:05 2006 -0700, compiled to its elements. Immutable.
/// </summary>
internal sealed partial class GoLayout
{
    /// <summary>Longest first where one begins another.</summary>
    private static readonly (byte[] Text, GoPart Part, OffsetForm Form)[] Table =
    [
        Entry("January", GoPart.LongMonth), Entry("Jan", GoPart.ShortMonth), Entry("Monday", GoPart.LongWeekday), Entry("Mon", GoPart.ShortWeekday),
        Entry("MST", GoPart.Abbreviation), Entry("01", GoPart.ZeroMonth), Entry("02", GoPart.ZeroDay), Entry("03", GoPart.ZeroHour12),
        Entry("04", GoPart.ZeroMinute), Entry("05", GoPart.ZeroSecond), Entry("06", GoPart.ShortYear), Entry("002", GoPart.ZeroYearDay),
        Entry("15", GoPart.Hour), Entry("1", GoPart.Month), Entry("2006", GoPart.LongYear), Entry("2", GoPart.Day), Entry("__2", GoPart.BlankYearDay),
        Entry("_2", GoPart.BlankDay), Entry("3", GoPart.Hour12), Entry("4", GoPart.Minute), Entry("5", GoPart.Second),
        Entry("PM", GoPart.UpperHalf), Entry("pm", GoPart.LowerHalf),
        .. Offsets("-", 0), .. Offsets("Z", OffsetForm.ZForUtc),
    ];

    private readonly GoElement[] elements;

    private GoLayout(GoElement[] elements)
    {
        this.elements = elements;
        Reader = QuickReader.Of(StepsToRead());
        Writer = QuickWriter.Of(StepsToWrite());
    }

    /// <summary>Writes the same text faster, where the layout is a usual one.</summary>
    public QuickWriter? Writer { get; }

    /// <summary>Reads most of the texts, where the layout is a usual one.</summary>
    public QuickReader? Reader { get; }

    public static GoLayout Compile(ReadOnlySpan<byte> layout)
    {
        var elements = new List<GoElement>();
        int literal = 0;
        int at = 0;
        while (at < layout.Length)
        {
            if (Match(layout[at..]) is not var (element, length))
            {
                at++;
                continue;
            }

            if (at > literal)
            {
                elements.Add(new GoElement(GoPart.Literal, layout[literal..at].ToArray()));
            }

            elements.Add(element);
            at += length;
            literal = at;
        }

        if (layout.Length > literal)
        {
            elements.Add(new GoElement(GoPart.Literal, layout[literal..].ToArray()));
        }

        return new GoLayout([.. elements]);
    }

    private static (GoElement Element, int Length)? Match(ReadOnlySpan<byte> rest)
    {
        if (rest[0] is (byte)'.' or (byte)',')
        {
            return MatchFraction(rest);
        }

        // Of the underscores before a long year none belongs to it.
        if (rest.StartsWith("_2006"u8))
        {
            return null;
        }

        foreach ((byte[] text, GoPart part, OffsetForm form) in Table)
        {
            if (rest.StartsWith(text))
            {
                bool name = part is GoPart.ShortMonth or GoPart.ShortWeekday;
                if (name && rest.Length > text.Length && char.IsAsciiLetterLower((char)rest[text.Length]))
                {
                    return null;
                }

                return (new GoElement(part, [], Form: form), text.Length);
            }
        }

        return null;
    }

    private static (GoElement Element, int Length)? MatchFraction(ReadOnlySpan<byte> rest)
    {
        if (rest.Length < 2 || rest[1] is not ((byte)'0' or (byte)'9'))
        {
            return null;
        }

        int end = rest[1..].IndexOfAnyExcept(rest[1]);
        int digits = end < 0 ? rest.Length - 1 : end;
        if (DigitText.IsDigit(rest, digits + 1))
        {
            return null;
        }

        GoPart part = rest[1] == '0' ? GoPart.FixedFraction : GoPart.TrimmedFraction;
        return (new GoElement(part, [], digits, rest[0]), digits + 1);
    }

    private static (byte[] Text, GoPart Part, OffsetForm Form) Entry(string text, GoPart part, OffsetForm form = 0) =>
        (Encoding.ASCII.GetBytes(text), part, form);

    private static (byte[] Text, GoPart Part, OffsetForm Form)[] Offsets(string sign, OffsetForm form) =>
    [
        Entry(sign + "070000", GoPart.Offset, form | OffsetForm.Minutes | OffsetForm.Seconds),
        Entry(sign + "07:00:00", GoPart.Offset, form | OffsetForm.Minutes | OffsetForm.Seconds | OffsetForm.Colons),
        Entry(sign + "0700", GoPart.Offset, form | OffsetForm.Minutes),
        Entry(sign + "07:00", GoPart.Offset, form | OffsetForm.Minutes | OffsetForm.Colons),
        Entry(sign + "07", GoPart.Offset, form),
    ];
}
