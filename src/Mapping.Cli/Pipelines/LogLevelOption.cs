using System.CommandLine;
using Mapping.Pipeline.Contracts;

namespace Mapping.Cli.Pipelines;

/// <summary><c>--log.level</c>, which overrides the level of the configuration.</summary>
internal static class LogLevelOption
{
    private static readonly string[] Names = ["off", "fatal", "error", "warn", "info", "debug", "trace", "all", "none"];

    public static Option<string?> Create(string description)
    {
        var option = new Option<string?>("--log.level") { Description = description, HelpName = "LEVEL" };
        option.AcceptOnlyFromAmong([.. Names, .. Names.Select(n => n.ToUpperInvariant())]);
        return option;
    }

    public static LogLevel? Read(string? name) => name is null ? null : name.ToLowerInvariant() is "none" ? LogLevel.Off : Enum.Parse<LogLevel>(name, ignoreCase: true);
}
