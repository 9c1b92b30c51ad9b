using System.CommandLine;
using Mapping.Execution;

namespace Mapping.Cli.Commands;

/// <summary><c>--tier</c>: how mappings are run.</summary>
internal static class TierOption
{
    public static Option<string> Create()
    {
        var option = new Option<string>("--tier")
        {
            Description = "How mappings are run: auto, interpreter or compiled.",
            DefaultValueFactory = static _ => "auto",
            HelpName = "TIER",
        };
        option.AcceptOnlyFromAmong("auto", "interpreter", "compiled");
        return option;
    }

    public static Tier Of(ParseResult parsed, Option<string> option) => parsed.GetValue(option) switch
    {
        "interpreter" => Tier.Interpreter,
        "compiled" => Tier.Compiled,
        _ => Tier.Auto,
    };
}
