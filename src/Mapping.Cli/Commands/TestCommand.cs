using System.CommandLine;
using System.Globalization;
using Mapping.Cli.Pipelines;
using Mapping.Connectors;
using Mapping.Pipeline.Contracts;
using Mapping.Pipeline.Graph;
using Mapping.Pipeline.Observability;
using Mapping.Pipeline.Testing;

namespace Mapping.Cli.Commands;

/// <summary><c>blobl test PATH...</c>: runs the unit tests of configurations.</summary>
internal static class TestCommand
{
    private const string Summary = """
        Runs the unit tests of configurations: those of their section "tests" and those of the file NAME_benthos_test.yaml beside them.
        A folder stands for the configurations in it, FOLDER/... for all below it. Inputs and outputs are not made.

        Exit codes: 0 all tests passed, 1 a test failed or there are none, 2 usage, 4 a file cannot be read.
        """;

    public static Command Create(StandardStreams streams)
    {
        var paths = new Argument<string[]>("PATH") { HelpName = "PATH", Description = "Configurations or folders.", Arity = ArgumentArity.OneOrMore };
        var resources = new Option<string[]>("--resources", "-r") { Description = "Files of shared components; wildcards are allowed.", HelpName = "FILE" };
        Option<string[]> variables = EnvironmentFiles.CreateOption();
        var update = new Option<bool>("--update") { Description = "Write what came out into the conditions that failed." };
        var verbose = new Option<bool>("--verbose") { Description = "Name every test, also those that passed." };
        Option<string?> level = LogLevelOption.Create("Show what processors log, from this level on.");
        var command = new Command("test", Summary) { paths, resources, variables, update, verbose, level };
        command.SetAction(parsed =>
        {
            try
            {
                FileVariables set = EnvironmentFiles.Read(parsed.GetValue(variables));
                set.Publish();
                var log = new TextLog(streams.Error, Logger(LogLevelOption.Read(parsed.GetValue(level)) ?? LogLevel.Off), TimeProvider.System);
                var common = new Configuration
                {
                    Resources = [.. (parsed.GetValue(resources) ?? []).SelectMany(ConfigurationSyntax.Expand).Select(file => ConfigurationSyntax.ReadFile(file))],
                    Variables = set.Get,
                    Environment = set.SeenBy(Environments.Full),
                };
                var report = new TestReport(parsed.GetValue(update), parsed.GetValue(verbose));
                using TextWriter output = streams.OpenOutputText();
                return RunAsync(new ConfigTests(common, AllConnectors.Catalogue, log), parsed.GetValue(paths)!, report, output).GetAwaiter().GetResult();
            }
            catch (Problem problem)
            {
                return problem.Report(streams.Error);
            }
        });
        return command;
    }

    private static async Task<int> RunAsync(ConfigTests tests, string[] paths, TestReport report, TextWriter output)
    {
        foreach (string file in ConfigurationSyntax.Find(paths))
        {
            if (await tests.RunAsync(file).ConfigureAwait(false) is { } outcome)
            {
                report.Write(outcome, output);
            }
        }

        if (report.Count == 0)
        {
            throw new Problem(ExitCodes.Failed, "there are no tests", "tests stand in the section \"tests\" of a configuration, or in NAME_benthos_test.yaml beside it");
        }

        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{report.Count - report.Failed} passed, {report.Failed} failed")).ConfigureAwait(false);
        return report.Failed == 0 ? ExitCodes.Fine : ExitCodes.Failed;
    }

    private static LoggerOptions Logger(LogLevel level) => new(level, IsJson: false, AddTimestamp: false, "time", "level", "msg", []);
}
