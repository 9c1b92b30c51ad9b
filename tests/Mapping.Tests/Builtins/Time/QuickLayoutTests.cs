using System.Buffers;
using System.Text;
using Mapping.Builtins.Time.Layouts;
using Mapping.Functions;
using Mapping.Values;

namespace Mapping.Tests.Builtins.Time;

/// <summary>Usual layouts have a fast road: it must give what the layouts themselves give.</summary>
public sealed class QuickLayoutTests
{
    private static readonly string[] GoLayouts =
    [
        "2006-01-02T15:04:05Z07:00", "2006-01-02T15:04:05.999999999Z07:00", "2006-01-02T15:04:05.000-0700", "02/Jan/2006:15:04:05 -0700",
        "2006-01-02 15:04:05,000", "20060102150405", "2006-01-02", "15:04:05 2006/01/02", "Monday, _2 January 2006 03:04:05 PM", "Mon Jan 02 06 03:04pm \"Z0700\"",
        "2006-1-2 15:4:5.00 é",
    ];

    private static readonly string[] Formats =
    [
        "%d/%b/%Y:%H:%M:%S %z", "%Y-%m-%dT%H:%M:%S.%fZ", "%F %T", "%Y%m%d%H%M%S", "%d %b %Y %H:%M:%S %:z", "%A %e %B %y %I:%M:%S %p%P", "%a %h 100%% %R %Y-%m-%d", "%D %d %Y %m %r",
    ];

    [Fact]
    public void WritersGiveWhatTheLayoutsGive()
    {
        int quick = 0;
        foreach (Timestamp moment in Moments())
        {
            foreach (string text in GoLayouts)
            {
                var layout = GoLayout.Compile(Encoding.UTF8.GetBytes(text));
                quick += Compare(text, layout.Writer, moment, layout.Format);
            }

            foreach (string text in Formats)
            {
                var layout = StrftimeLayout.Compile(Encoding.UTF8.GetBytes(text));
                quick += Compare(text, layout.Writer, moment, layout.Format);
            }
        }

        Assert.Equal((GoLayouts.Length - 1 + Formats.Length) * Moments().Count(), quick);
    }

    [Fact]
    public void ReadersGiveWhatTheLayoutsGive()
    {
        var random = new Random(78);
        int quick = 0;
        foreach (Timestamp moment in Moments())
        {
            foreach (string text in GoLayouts)
            {
                var layout = GoLayout.Compile(Encoding.UTF8.GetBytes(text));
                quick += Compare(text, layout.Reader, Varied(Written(layout.Format, moment), random), layout.ReadClosely);
            }

            foreach (string text in Formats)
            {
                var layout = StrftimeLayout.Compile(Encoding.UTF8.GetBytes(text));
                quick += Compare(text, layout.Reader, Varied(Written(layout.Format, moment), random), layout.ReadClosely);
            }
        }

        Assert.True(quick > 10 * Moments().Count() / 3, $"{quick} texts were read on the fast road");
    }

    private delegate string? Reading(ReadOnlySpan<byte> text, out Timestamp? moment);

    private static int Compare(string layout, QuickReader? reader, byte[] text, Reading closely)
    {
        if (reader?.Read(text) is not { } time)
        {
            return 0;
        }

        var found = Timestamp.FromLocal(time);

        string? problem = closely(text, out Timestamp? expected);
        Assert.True(problem is null && expected!.ToText() == found.ToText(), $"{layout} on {Encoding.UTF8.GetString(text)}: {found.ToText()}, expected {problem ?? expected!.ToText()}");
        return 1;
    }

    private static int Compare(string layout, QuickWriter? writer, Timestamp moment, Action<Timestamp, IBufferWriter<byte>> write)
    {
        if (writer is null)
        {
            return 0;
        }

        var context = new EvaluationContext();
        context.Begin(new BuiltinServices(), [], 0, isMutation: false);
        Value text = writer.Write(context, moment.LocalSeconds, moment.Nanosecond, moment.OffsetSeconds);
        string expected = Encoding.UTF8.GetString(Written(write, moment));
        Assert.True(expected == text.AsHostString(), $"{layout}: {text}, expected {expected}");
        Assert.Equal(!expected.Contains('"', StringComparison.Ordinal), text.IsQuoted);
        Assert.True(!text.IsQuoted || Encoding.UTF8.GetString(text.AsQuotedSpan()) == $"\"{expected}\"", layout);
        return 1;
    }

    private static byte[] Written(Action<Timestamp, IBufferWriter<byte>> write, Timestamp moment)
    {
        var text = new ArrayBufferWriter<byte>();
        write(moment, text);
        return text.WrittenSpan.ToArray();
    }

    /// <summary>The text, or a text like it that may be wrong.</summary>
    private static byte[] Varied(byte[] text, Random random)
    {
        var varied = new List<byte>(text);
        int at = random.Next(text.Length);
        switch (random.Next(5))
        {
            case 0:
                varied[at] = "0123456789 :.,+-Zaé"u8[random.Next(19)];
                break;
            case 1:
                varied.RemoveAt(at);
                break;
            case 2:
                varied.Insert(at, "0 .Z9"u8[random.Next(5)]);
                break;
        }

        return [.. varied];
    }

    private static IEnumerable<Timestamp> Moments()
    {
        var random = new Random(79);
        for (int i = 0; i < 600; i++)
        {
            long local = random.NextInt64(CivilDate.FirstSecond, CivilDate.LastSecond);
            int offset = random.Next(3) switch { 0 => 0, 1 => random.Next(-72, 73) * 900, _ => random.Next(-64_800, 64_801) };
            yield return Timestamp.FromLocal(new WallTime(local, random.Next(2) == 0 ? 0 : random.Next(1_000_000_000), offset));
        }
    }
}
