using System.Text;

namespace Mapping.Builtins.Time.Layouts;

/// <summary>English names of months and weekdays.</summary>
internal static class TimeNames
{
    public static readonly byte[][] Months = Encode(
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December");

    public static readonly byte[][] ShortMonths = Encode("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec");

    /// <summary>From Sunday.</summary>
    public static readonly byte[][] Days = Encode("Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday");

    public static readonly byte[][] ShortDays = Encode("Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat");

    /// <summary>Takes the name that the text begins with, whatever its case; -1 when there is none.</summary>
    public static int Take(byte[][] names, ref ReadOnlySpan<byte> text)
    {
        for (int i = 0; i < names.Length; i++)
        {
            if (text.Length >= names[i].Length && Ascii.EqualsIgnoreCase(text[..names[i].Length], names[i]))
            {
                text = text[names[i].Length..];
                return i;
            }
        }

        return -1;
    }

    private static byte[][] Encode(params string[] names) => [.. names.Select(Encoding.ASCII.GetBytes)];
}
