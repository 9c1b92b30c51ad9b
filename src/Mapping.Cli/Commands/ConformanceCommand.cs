using System.CommandLine;
using Mapping.Cli.Output;
using Mapping.Conformance.Runner;

namespace Mapping.Cli.Commands;

/// <summary><c>blobl conformance PATH...</c>: puts conformance cases to the engine.</summary>
internal static class ConformanceCommand
{
    private const string Summary = """
        Runs conformance cases (.yaml topic files and .jsonl) and says how many pass.

        Exit codes: 0 nothing failed, 1 a case failed, 2 usage, 4 a file cannot be read.
        """;

    public static Command Create(StandardStreams streams)
    {
        var paths = new Argument<string[]>("PATH") { Description = "Case files or folders of them.", Arity = ArgumentArity.OneOrMore };
        var json = new Option<bool>("--json") { Description = "Print one JSON object instead of text." };
        Option<string> tier = TierOption.Create();
        var command = new Command("conformance", Summary) { paths, json, tier };
        command.SetAction(parsed =>
        {
            try
            {
                return Run(parsed.GetValue(paths)!, parsed.GetValue(json), Environments.Full.WithTier(TierOption.Of(parsed, tier)), streams);
            }
            catch (Problem problem)
            {
                return problem.Report(streams.Error);
            }
        });
        return command;
    }

    private static int Run(string[] paths, bool asJson, MappingEnvironment environment, StandardStreams streams)
    {
        SuiteReport report = new ConformanceRunner(DifferenceList.Own, environment).Run(Load(paths));
        using TextWriter output = streams.OpenOutputText();
        if (asJson)
        {
            SuiteReportWriter.WriteJson(report, output);
        }
        else
        {
            SuiteReportWriter.WriteText(report, output);
        }

        return report.Failed == 0 ? ExitCodes.Fine : ExitCodes.Failed;
    }

    private static List<ConformanceCase> Load(string[] paths)
    {
        try
        {
            return [.. paths.SelectMany(CaseFiles.Find).Distinct(StringComparer.Ordinal).SelectMany(CaseFiles.Load)];
        }
        catch (Exception error) when (error is CaseFormatException or IOException or UnauthorizedAccessException)
        {
            throw new Problem(ExitCodes.Unreadable, $"cannot read the cases: {error.Message}", "give .yaml or .jsonl files, or folders that hold some");
        }
    }
}
