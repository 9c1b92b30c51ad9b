using Mapping.Functions;

namespace Mapping.Builtins.Time;

/// <summary>The list of this folder.</summary>
internal static class TimeBuiltins
{
    public static IReadOnlyList<Builtin> All { get; } =
    [
        Clock.Now, Clock.InLayout, .. Clock.UnixFunctions,
        Formatting.TsFormat, Formatting.FormatTimestamp, Formatting.TsStrftime, Formatting.FormatTimestampStrftime,
        Reading.TsParse, Reading.ParseTimestamp, Reading.TsStrptime, Reading.ParseTimestampStrptime,
        .. UnixTimes.All,
        Zones.TsTz, Rounding.TsRound, Differences.TsSub,
        Periods.TsAdd, Periods.TsSub,
        Durations.ParseDuration, Durations.ParseDurationIso,
    ];
}
