using System.Text;
using Mapping.Builtins.Time;
using Mapping.Values;

namespace Mapping.Tests.Builtins.Time;

public sealed class GoLayoutTests
{
    private readonly Bench bench = new();

    [Theory]
    [InlineData("2006|06|1|01|Jan|January|2|_2|02|002|__2|Mon|Monday", "2024|24|3|03|Mar|March|5| 5|05|065| 65|Tue|Tuesday")]
    [InlineData("15|3|03|4|04|5|05|PM|pm", "15|3|03|4|04|9|09|PM|pm")]
    [InlineData(".000|.999|05.000|05.999999|05.00|,000|.0|999", ".012|.012|09.012|09.012345|09.01|,012|.0|999")]
    [InlineData("Z0700|Z07:00|Z07|-0700|-07:00:00|MST", "Z|Z|Z|+0000|+00:00:00|UTC")]
    [InlineData("Janet Monkey January2 20060102150405 1st _2006", "Janet Monkey March5 20240305150409 3st _2024")]
    [InlineData("2006年01月02日", "2024年03月05日")]
    public void Writes_elements(string layout, string expected) =>
        Assert.Equal(expected, Format("2024-03-05T15:04:09.012345678Z", layout));

    [Theory]
    [InlineData("-0700|-07:00|-07|-070000|-07:00:00|MST", "-0330|-03:30|-03|-033000|-03:30:00|-0330")]
    public void Writes_offsets(string layout, string expected) => Assert.Equal(expected, Format("2024-03-05T15:04:09-03:30", layout));

    [Theory]
    [InlineData("America/New_York", "15:04 -0700 MST", "10:04 -0500 EST")]
    [InlineData("America/Sao_Paulo", "15:04 MST -07", "12:04 -03 -03")]
    public void Writes_zones(string zone, string layout, string expected) =>
        Assert.Equal(expected, Bench.Show(bench.Call(Formatting.TsFormat, Moment("2024-03-05T15:04:09Z"), Value.FromString(layout), Value.FromString(zone))));

    [Theory]
    [InlineData("Tue, 05 Mar 2024 08:09:10 +0530", "Mon, 02 Jan 2006 15:04:05 -0700", "2024-03-05T08:09:10+05:30")]
    [InlineData("24-3-5", "06-1-2", "2024-03-05T00:00:00Z")]
    [InlineData("Mar  5 2024", "Jan _2 2006", "2024-03-05T00:00:00Z")]
    [InlineData("2024 065", "2006 002", "2024-03-05T00:00:00Z")]
    [InlineData("12:00 am", "3:04 pm", "0000-01-01T00:00:00Z")]
    [InlineData("12:30 PM", "03:04 PM", "0000-01-01T12:30:00Z")]
    [InlineData("10:11:12.5", "15:04:05", "0000-01-01T10:11:12.5Z")]
    [InlineData("10:11:12,75", "15:04:05,99", "0000-01-01T10:11:12.75Z")]
    [InlineData("10:11:12", "15:04:05.999", "0000-01-01T10:11:12Z")]
    [InlineData("mon 05 MAR 2024", "Mon 02 Jan 2006", "2024-03-05T00:00:00Z")]
    [InlineData("9999-12-31", "2006-01-02", "9999-12-31T00:00:00Z")]
    [InlineData("2024-07-01 EDT", "2006-01-02 MST", "2024-07-01T00:00:00-04:00")]
    [InlineData("2024-07-01 +03", "2006-01-02 MST", "2024-07-01T00:00:00+03:00")]
    public void Reads(string text, string layout, string expected) =>
        Assert.Equal(expected, Bench.Show(bench.Call(Reading.TsParse, Value.FromString(text), Value.FromString(layout))));

    [Theory]
    [InlineData("10:11:12.12", "15:04:05.000")]
    [InlineData("2023-02-29", "2006-01-02")]
    [InlineData("2024-1-1", "2006-01-02")]
    [InlineData("24:00", "15:04")]
    [InlineData("13:00 PM", "03:04 PM")]
    [InlineData("2023-366", "2006-002")]
    [InlineData("2024-02-29T", "2006-01-02")]
    [InlineData("2024-07-01 QQQ", "2006-01-02 MST")]
    [InlineData("", "2006")]
    [InlineData("9999-12-31 23:00 -0500", "2006-01-02 15:04 -0700")]
    public void Refuses(string text, string layout) =>
        Assert.True(bench.Call(Reading.TsParse, Value.FromString(text), Value.FromString(layout)).IsError);

    private static Value Moment(string text)
    {
        Assert.True(Timestamp.TryParseRfc3339(Encoding.UTF8.GetBytes(text), out Timestamp? moment));
        return Value.FromTimestamp(moment);
    }

    private string Format(string moment, string layout) => Bench.Show(bench.Call(Formatting.TsFormat, Moment(moment), Value.FromString(layout)));
}
