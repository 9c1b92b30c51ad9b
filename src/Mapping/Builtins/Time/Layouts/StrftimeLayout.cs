using System.Buffers;

namespace Mapping.Builtins.Time.Layouts;

/// <summary>A format of <c>%</c> directives, compiled. Immutable.</summary>
internal sealed partial class StrftimeLayout
{
    private const int WidestField = 1024;

    private static readonly SearchValues<byte> Flags = SearchValues.Create("-_0^#123456789:"u8);

    private readonly Directive[] directives;

    private StrftimeLayout(Directive[] directives)
    {
        this.directives = directives;
        Reader = QuickReader.Of(CollectSteps(new TimeSteps(), toRead: true));
        Writer = QuickWriter.Of(CollectSteps(new TimeSteps(), toRead: false));
    }

    /// <summary>Writes the same text faster, where the format is a usual one.</summary>
    public QuickWriter? Writer { get; }

    /// <summary>Reads most of the texts, where the layout is a usual one.</summary>
    public QuickReader? Reader { get; }

    public static StrftimeLayout Compile(ReadOnlySpan<byte> format)
    {
        var directives = new List<Directive>();
        while (!format.IsEmpty)
        {
            int percent = format.IndexOf((byte)'%');
            int length = percent switch
            {
                < 0 => format.Length,
                0 => LengthOfDirective(format),
                _ => percent,
            };
            ReadOnlySpan<byte> text = format[..length];
            directives.Add(percent == 0 && length > 1 ? Parse(text) : new Directive(text.ToArray(), percent == 0 ? (byte)'?' : (byte)0));
            format = format[length..];
        }

        return new StrftimeLayout([.. directives]);
    }

    /// <summary>The percent sign, flags, width, colons and the letter; the rest of the format where there is no letter.</summary>
    private static int LengthOfDirective(ReadOnlySpan<byte> format)
    {
        int letter = format[1..].IndexOfAnyExcept(Flags);
        return letter < 0 ? format.Length : letter + 2;
    }

    private static Directive Parse(ReadOnlySpan<byte> text)
    {
        var directive = new Directive(text.ToArray(), text[^1]);
        int width = 0;
        int colons = 0;
        foreach (byte c in text[1..^1])
        {
            switch (c)
            {
                case (byte)'-' or (byte)'_':
                    directive = directive with { Padding = c };
                    break;
                case (byte)'0' when width == 0:
                    directive = directive with { Padding = c };
                    break;
                case (byte)'^':
                    directive = directive with { IsUpper = true };
                    break;
                case (byte)'#':
                    directive = directive with { IsSwapped = true };
                    break;
                case (byte)':':
                    colons++;
                    break;
                default:
                    width = Math.Min((width * 10) + (c - '0'), WidestField);
                    break;
            }
        }

        bool known = "YyCGgmBbhAawuVUWdejHkIlpPMSsfZzntcv+FDxTXrR%"u8.Contains(text[^1]) && (colons == 0 || (text[^1] == 'z' && colons <= 3));
        return known
            ? directive with { Width = width, Colons = colons, Nested = Composite(text[^1]) }
            : new Directive(directive.Text, (byte)'?');
    }

    private static StrftimeLayout? Composite(byte letter) => letter switch
    {
        (byte)'c' => Compile("%a %b %e %H:%M:%S %Y"u8),
        (byte)'+' => Compile("%a %b %e %H:%M:%S %Z %Y"u8),
        (byte)'v' => Compile("%e-%b-%Y"u8),
        (byte)'F' => Compile("%Y-%m-%d"u8),
        (byte)'D' or (byte)'x' => Compile("%m/%d/%y"u8),
        (byte)'T' or (byte)'X' => Compile("%H:%M:%S"u8),
        (byte)'r' => Compile("%I:%M:%S %p"u8),
        (byte)'R' => Compile("%H:%M"u8),
        _ => null,
    };
}
