using Mapping.Functions;

namespace Mapping.Builtins.Time;

/// <summary>The list of this folder.</summary>
internal static class TimeBuiltins
{
    public static IReadOnlyList<Builtin> All { get; } =
    [
        CurrentTime.Now,
        CurrentTime.Timestamp,
        CurrentTime.Unix,
        CurrentTime.UnixMilli,
        CurrentTime.UnixMicro,
        CurrentTime.UnixNano,
        Formatting.Format,
        Formatting.Strftime,
        Formatting.OldFormat,
        Formatting.OldStrftime,
        Formatting.Zone,
        Parsing.Parse,
        Parsing.Strptime,
        Parsing.OldParse,
        Parsing.OldStrptime,
        .. UnixTimes.All,
        Shifting.Round,
        Shifting.Sub,
        Shifting.Add,
        Shifting.Subtract,
        Durations.Parse,
        Durations.ParseIso,
    ];
}
