using System.CommandLine;
using Mapping.Cli.Bench;
using Mapping.Cli.Input;

namespace Mapping.Cli.Commands;

/// <summary><c>blobl bench -f MAPPING -i FILE</c>: measures how fast a mapping is, relative to only reading the documents.</summary>
internal static class BenchCommand
{
    private const int MostThreads = 256;
    private const double MostSeconds = 3600;

    private const string Summary = """
        Measures how fast a mapping maps the documents of a file, one per line.

        Short rounds of the mapping and of a bare JSON reader over the same documents take turns, after both are warm, and
        medians are told. The scan ratio is the speed relative to that reader, by processor time: 1.0 is as fast as only
        reading. The checksum is the sum of the xxhash64 of every result with sorted keys, modulo 2^64, in hexadecimal.

        Exit codes: 0 measured, 1 documents failed, 2 usage, 3 the mapping is invalid, 4 a file cannot be read.
        """;

    public static Command Create(StandardStreams streams)
    {
        var file = new Option<string>("--file", "-f") { Description = "The mapping's file.", HelpName = "FILE", Required = true };
        var input = new Option<string>("--input", "-i") { Description = "The documents; - is standard input.", HelpName = "FILE", Required = true };
        var seconds = new Option<double>("--seconds") { Description = "How long to measure after the warm-up.", HelpName = "N", DefaultValueFactory = _ => 3 };
        var threads = new Option<int>("--threads", "-t") { Description = "Workers over the same documents.", HelpName = "N", DefaultValueFactory = _ => 1 };
        Option<string> tier = TierOption.Create();
        var json = new Option<bool>("--json") { Description = "Print one JSON object instead of text." };
        var command = new Command("bench", Summary) { file, input, seconds, threads, tier, json };
        command.Validators.Add(result =>
        {
            // Defaults are not there yet when an option is checked.
            if (result.GetResult(threads) is { Implicit: false } && result.GetValue(threads) is < 1 or > MostThreads)
            {
                result.AddError($"--threads takes a number from 1 to {MostThreads}");
            }

            if (result.GetResult(seconds) is { Implicit: false } && !(result.GetValue(seconds) is > 0 and <= MostSeconds))
            {
                result.AddError($"--seconds takes a number above 0, at most {MostSeconds}");
            }
        });
        command.SetAction(parsed =>
        {
            try
            {
                var options = new BenchOptions(TimeSpan.FromSeconds(parsed.GetValue(seconds)), parsed.GetValue(threads));
                MappingEnvironment environment = Environments.Full.WithTier(TierOption.Of(parsed, tier));
                BenchReport report = Measure(parsed.GetValue(file)!, parsed.GetValue(input)!, environment, options, streams);
                return Tell(report, parsed.GetValue(json), streams);
            }
            catch (Problem problem)
            {
                return problem.Report(streams.Error);
            }
        });
        return command;
    }

    private static BenchReport Measure(string mappingPath, string inputPath, MappingEnvironment environment, BenchOptions options, StandardStreams streams)
    {
        InputSource source = InputSource.Of([inputPath])[0];
        CompiledMapping mapping = MappingSource.OfFile(mappingPath).Compile(environment, streams.Error);
        using IDocumentReader reader = new ReadableDocuments(new LineDocuments(source.Open(streams.Input), static () => { }, keepEmpty: false), source.Name);
        DocumentSet documents = DocumentSet.Read(reader);
        if (documents.Count == 0)
        {
            throw new Problem(ExitCodes.Unreadable, $"{source.Name} holds no documents", "give a file with one document per line");
        }

        return new BenchReport(documents, OutputSummary.Of(mapping, documents), Measurement.Of(mapping, documents, options));
    }

    private static int Tell(BenchReport report, bool asJson, StandardStreams streams)
    {
        using TextWriter output = streams.OpenOutputText();
        if (asJson)
        {
            report.WriteJson(output);
        }
        else
        {
            report.WriteText(output);
        }

        return report.Output.Failed == 0 ? ExitCodes.Fine : ExitCodes.Failed;
    }
}
