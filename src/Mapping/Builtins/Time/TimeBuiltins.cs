using Mapping.Functions;

namespace Mapping.Builtins.Time;

/// <summary>The list of this folder.</summary>
internal static class TimeBuiltins
{
    public static IReadOnlyList<BuiltinGroup> All { get; } =
    [
        new(
            "now() timestamp() timestamp_unix() timestamp_unix_milli() timestamp_unix_micro() timestamp_unix_nano()",
            static () => [Clock.Now, Clock.InLayout, .. Clock.UnixFunctions]),
        new(
            ".ts_format .format_timestamp .ts_strftime .format_timestamp_strftime",
            static () => [Formatting.TsFormat, Formatting.FormatTimestamp, Formatting.TsStrftime, Formatting.FormatTimestampStrftime]),
        new(
            ".ts_parse .parse_timestamp .ts_strptime .parse_timestamp_strptime",
            static () => [Reading.TsParse, Reading.ParseTimestamp, Reading.TsStrptime, Reading.ParseTimestampStrptime]),
        new(
            ".ts_unix .ts_unix_milli .ts_unix_micro .ts_unix_nano .format_timestamp_unix .format_timestamp_unix_milli "
            + ".format_timestamp_unix_micro .format_timestamp_unix_nano",
            static () => [.. UnixTimes.All]),
        new(".ts_tz", static () => [Zones.TsTz]),
        new(".ts_round", static () => [Rounding.TsRound]),
        new(".ts_sub", static () => [Differences.TsSub]),
        new(".ts_add_iso8601 .ts_sub_iso8601", static () => [Periods.TsAdd, Periods.TsSub]),
        new(".parse_duration .parse_duration_iso8601", static () => [Durations.ParseDuration, Durations.ParseDurationIso]),
    ];
}
