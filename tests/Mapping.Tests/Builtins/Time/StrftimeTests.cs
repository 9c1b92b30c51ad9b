using System.Text;
using Mapping.Builtins.Time;
using Mapping.Values;

namespace Mapping.Tests.Builtins.Time;

public sealed class StrftimeTests
{
    private readonly Bench bench = new();

    [Theory]
    [InlineData("%Y %y %C %G %g %m %B %b %A %a %w %u", "2024 24 20 2024 24 03 March Mar Tuesday Tue 2 2")]
    [InlineData("%d %e %j %V %U %W %H %I %k %l %p %P", "05  5 065 10 09 10 08 08  8  8 AM am")]
    [InlineData("%c|%+|%v|%r|%F|%D|%R", "Tue Mar  5 08:09:10 2024|Tue Mar  5 08:09:10 UTC 2024| 5-Mar-2024|08:09:10 AM|2024-03-05|03/05/24|08:09")]
    [InlineData("%%|%t|%n|a%Q|%E|100%", "%|\t|\n|a%Q|%E|100%")]
    [InlineData("%-d|%_d|%0e|%_m|%-j|%_j|%10Y|%_10Y|%-10Y|%010m|%20B|%12s", "5| 5|05| 3|65| 65|0000002024|      2024|      2024|0000000003|               March|  1709626150")]
    [InlineData("%^a|%^B|%#p|%#Z|%#a|%f|%3f|%s", "TUE|MARCH|am|utc|TUE|001234|001|1709626150")]
    public void Writes(string format, string expected) => Assert.Equal(expected, Format("2024-03-05T08:09:10.001234Z", format));

    [Theory]
    [InlineData("%z|%:z|%::z|%:::z|%Z|%_z|%-z|%10z", "-0330|-03:30|-03:30:00|-03:30|-0330| -330|-330|-000000330")]
    public void Writes_offsets(string format, string expected) => Assert.Equal(expected, Format("2024-03-05T08:09:10-03:30", format));

    [Theory]
    [InlineData("2024-12-30T00:00:00Z", "2025-W01-1 52 53")]
    [InlineData("2023-01-01T00:00:00Z", "2022-W52-7 01 00")]
    public void Writes_weeks(string moment, string expected) => Assert.Equal(expected, Format(moment, "%G-W%V-%u %U %W"));

    [Theory]
    [InlineData("10/Oct/2023:13:55:36 -0700", "%d/%b/%Y:%H:%M:%S %z", "2023-10-10T13:55:36-07:00")]
    [InlineData("2024-03-05T08:09:10.123456+05:30", "%Y-%m-%dT%H:%M:%S.%f%z", "2024-03-05T08:09:10.123456+05:30")]
    [InlineData("68", "%y", "2068-01-01T00:00:00Z")]
    [InlineData("19 24", "%C %y", "1924-01-01T00:00:00Z")]
    [InlineData("10:20:60", "%T", "1900-01-01T10:21:00Z")]
    [InlineData("12 AM", "%I %p", "1900-01-01T00:00:00Z")]
    [InlineData(" 7", "%k", "1900-01-01T07:00:00Z")]
    [InlineData("-1", "%s", "1969-12-31T23:59:59Z")]
    [InlineData("5", "%f", "1900-01-01T00:00:00.5Z")]
    [InlineData("2024-W10-2", "%G-W%V-%u", "2024-03-05T00:00:00Z")]
    [InlineData("2024 10 2", "%Y %U %w", "2024-03-12T00:00:00Z")]
    [InlineData("2024 10 2", "%Y %W %w", "2024-03-05T00:00:00Z")]
    [InlineData("2024 -08", "%Y %:::z", "2024-01-01T00:00:00-08:00")]
    [InlineData("Tue Mar  5 10:20:30 UTC 2024", "%+", "2024-03-05T10:20:30Z")]
    [InlineData("2024 \n05", "%Y%n%m", "2024-05-01T00:00:00Z")]
    [InlineData("", "", "1900-01-01T00:00:00Z")]
    public void Reads(string text, string format, string expected) =>
        Assert.Equal(expected, Bench.Show(bench.Call(Reading.TsStrptime, Value.FromString(text), Value.FromString(format))));

    [Theory]
    [InlineData("12345", "%Y")]
    [InlineData("2024-02-31", "%Y-%m-%d")]
    [InlineData("2023-366", "%Y-%j")]
    [InlineData("13 PM", "%I %p")]
    [InlineData("2024-W53-1", "%G-W%V-%u")]
    [InlineData("2024-W10", "%Y-W%V")]
    [InlineData("2024 0530", "%Y %z")]
    [InlineData("2024 +0530", "%Y %:z")]
    [InlineData("1234567", "%f")]
    [InlineData("202405", "%Y%t%m")]
    [InlineData("2024", "%Q")]
    [InlineData("2024", "%Y%")]
    [InlineData("05", "%-d")]
    public void Refuses(string text, string format) =>
        Assert.True(bench.Call(Reading.TsStrptime, Value.FromString(text), Value.FromString(format)).IsError);

    private string Format(string text, string format)
    {
        Assert.True(Timestamp.TryParseRfc3339(Encoding.UTF8.GetBytes(text), out Timestamp? moment));
        return Bench.Show(bench.Call(Formatting.TsStrftime, Value.FromTimestamp(moment), Value.FromString(format)));
    }
}
