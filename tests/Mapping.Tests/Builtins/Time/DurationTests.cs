using System.Text;
using Mapping.Builtins.Time;
using Mapping.Functions;
using Mapping.Values;

namespace Mapping.Tests.Builtins.Time;

public sealed class DurationTests
{
    private readonly Bench bench = new();

    [Theory]
    [InlineData("1h15m30.918273645s", 4530918273645)]
    [InlineData("-1.5h", -5400000000000)]
    [InlineData("1µs", 1000)]
    [InlineData(".5s", 500000000)]
    [InlineData("1.s", 1000000000)]
    [InlineData("-0", 0)]
    [InlineData("0.3333333333333333333h", 1200000000000)]
    [InlineData("2562047h47m16.854775807s", long.MaxValue)]
    [InlineData("-9223372036854775808ns", long.MinValue)]
    public void Reads_durations(string text, long expected) =>
        Assert.Equal(expected, bench.Call(Durations.ParseDuration, Value.FromString(text)).AsInt64());

    [Theory]
    [InlineData("")]
    [InlineData("1")]
    [InlineData("1d")]
    [InlineData("1h30")]
    [InlineData(".s")]
    [InlineData("1.2.3s")]
    [InlineData("9223372036854775808ns")]
    [InlineData("9223372036854775808ns9223372036854775808ns")]
    [InlineData("-")]
    public void Refuses_durations(string text) => Assert.True(bench.Call(Durations.ParseDuration, Value.FromString(text)).IsError);

    [Theory]
    [InlineData("P1Y2M3DT4H5M6S", 37090350000000000)]
    [InlineData("P1Y2M3W4DT5H6M7.008S", 38994811008000000)]
    [InlineData("-P1DT12H", -129600000000000)]
    [InlineData("PT-1H30M", -1800000000000)]
    [InlineData("-P-1D", 86400000000000)]
    [InlineData("PT1,5S", 1500000000)]
    [InlineData("PT0.0000000001S", 0)]
    [InlineData("P0D", 0)]
    public void Reads_periods(string text, long expected) =>
        Assert.Equal(expected, bench.Call(Durations.ParseDurationIso, Value.FromString(text)).AsInt64());

    [Theory]
    [InlineData("")]
    [InlineData("P")]
    [InlineData("PT")]
    [InlineData("P1DT")]
    [InlineData("P1H")]
    [InlineData("PT1D")]
    [InlineData("P1Y1Y")]
    [InlineData("P1.5DT1H")]
    [InlineData("p1d")]
    [InlineData("PT1h")]
    [InlineData("P.D")]
    [InlineData("P-D")]
    [InlineData("P99999999999Y")]
    public void Refuses_periods(string text) => Assert.True(bench.Call(Durations.ParseDurationIso, Value.FromString(text)).IsError);

    [Theory]
    [InlineData("2023-11-15T22:45:50+01:00", "P1Y2M10DT2H30M15.5S", "2025-01-26T01:16:05.5+01:00", "2022-09-05T20:15:34.5+01:00")]
    [InlineData("2024-01-31T00:00:00Z", "P1M", "2024-03-02T00:00:00Z", "2023-12-31T00:00:00Z")]
    [InlineData("2024-01-01T00:00:00Z", "P0.5Y", "2024-07-01T14:54:36Z", "2023-07-02T09:05:24Z")]
    [InlineData("2024-01-01T00:00:00Z", "P1,5W", "2024-01-11T12:00:00Z", "2023-12-21T12:00:00Z")]
    public void Moves_times(string start, string period, string later, string earlier)
    {
        Value moment = Moment(start);
        Assert.Equal(later, Bench.Show(bench.Call(Periods.TsAdd, moment, Value.FromString(period))));
        Assert.Equal(earlier, Bench.Show(bench.Call(Periods.TsSub, moment, Value.FromString(period))));
    }

    [Fact]
    public void A_gap_moves_forward()
    {
        Value start = bench.Call(Zones.TsTz, Moment("2024-03-09T07:30:00Z"), Value.FromString("America/New_York"));
        Assert.Equal("2024-03-10T03:30:00-04:00", Bench.Show(bench.Call(Periods.TsAdd, start, Value.FromString("P1D"))));
    }

    [Theory]
    [InlineData("9999-12-31T23:59:59Z", "P1Y")]
    [InlineData("0000-01-01T00:00:00Z", "-P1D")]
    [InlineData("2024-01-01T00:00:00Z", "P999999Y")]
    public void Leaving_the_calendar_is_an_error(string start, string period) =>
        Assert.True(bench.Call(Periods.TsAdd, Moment(start), Value.FromString(period)).IsError);

    [Fact]
    public void The_last_hour_of_the_calendar_cannot_move_east() =>
        Assert.True(bench.Call(Zones.TsTz, Moment("9999-12-31T23:59:59Z"), Value.FromString("Asia/Tokyo")).IsError);

    [Theory]
    [InlineData("2024-02-29T12:34:56.789Z", 3600000000000, "2024-02-29T13:00:00Z")]
    [InlineData("2024-02-29T12:00:00Z", 168L * 3600000000000, "2024-03-04T00:00:00Z")]
    [InlineData("2024-02-29T12:37:30+05:45", 900000000000, "2024-02-29T12:45:00+05:45")]
    [InlineData("1969-12-31T23:58:59Z", 60000000000, "1969-12-31T23:59:00Z")]
    public void Rounds(string start, long duration, string expected) =>
        Assert.Equal(expected, Bench.Show(bench.Call(Rounding.TsRound, Moment(start), Value.FromInt64(duration))));

    [Fact]
    public void Unix_times_round_down()
    {
        Builtin seconds = UnixTimes.All.Single(b => b.Name == "ts_unix");
        Builtin nanoseconds = UnixTimes.All.Single(b => b.Name == "ts_unix_nano");
        Assert.Equal(-1, bench.Call(seconds, Moment("1969-12-31T23:59:59.999999999Z")).AsInt64());
        Assert.Equal(-62135596800, bench.Call(seconds, Moment("0001-01-01T00:00:00Z")).AsInt64());
        Assert.True(bench.Call(nanoseconds, Moment("0001-01-01T00:00:00Z")).IsError);
    }

    private static Value Moment(string text)
    {
        Assert.True(Timestamp.TryParseRfc3339(Encoding.UTF8.GetBytes(text), out Timestamp? moment));
        return Value.FromTimestamp(moment);
    }
}
