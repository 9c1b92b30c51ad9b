using System.CommandLine;
using Mapping.Cli.Input;
using Mapping.Cli.Output;

namespace Mapping.Cli.Commands;

/// <summary><c>blobl exec MAPPING [FILE...]</c>: maps newline-delimited JSON.</summary>
internal static class ExecCommand
{
    private const string Summary = """
        Maps newline-delimited JSON documents from files or standard input to standard output.

        Exit codes: 0 all documents were mapped, 1 a document failed, 2 usage, 3 the mapping is invalid, 4 a file cannot be read.
        """;

    public static Command Create(StandardStreams streams)
    {
        var mapping = new Argument<string?>("MAPPING")
        {
            Description = "The mapping, unless it is given by --file.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var files = new Argument<string[]>("FILE")
        {
            Description = "Files of documents, one per line; - is standard input, which is also the default.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var file = new Option<string?>("--file", "-f") { Description = "Read the mapping from a file.", HelpName = "FILE" };
        var command = new Command("exec", Summary) { mapping, files, file };
        command.Validators.Add(result =>
        {
            string? text = result.GetValue(mapping);
            if (result.GetValue(file) is null && text is null)
            {
                result.AddError("a mapping is missing: give it as the first argument, or a file that holds it with -f");
            }
            else if (result.GetValue(file) is null && text!.EndsWith(".blobl", StringComparison.Ordinal) && File.Exists(text))
            {
                // The name of a file is a valid mapping, too: it reads a field, and every document would become null.
                result.AddError($"{text} is a file: give it with -f to run the mapping in it");
            }

            foreach (string name in (result.GetValue(files) ?? []).Where(n => n.Length > 1 && n[0] == '-' && !File.Exists(n)))
            {
                result.AddError($"unknown option {name}");
            }
        });
        command.SetAction(parsed =>
        {
            // With -f the first argument is no mapping but the first file.
            string? first = parsed.GetValue(mapping);
            string[] others = parsed.GetValue(files) ?? [];
            string? path = parsed.GetValue(file);
            try
            {
                return path is null
                    ? Run(MappingSource.Inline(first!), others, streams)
                    : Run(MappingSource.OfFile(path), first is null ? others : [first, .. others], streams);
            }
            catch (Problem problem)
            {
                return problem.Report(streams.Error);
            }
        });
        return command;
    }

    private static int Run(MappingSource source, IReadOnlyList<string> paths, StandardStreams streams)
    {
        IReadOnlyList<InputSource> inputs = InputSource.Of(paths);
        CompiledMapping mapping = source.Compile(MappingEnvironment.Full, streams.Error);
        var output = new OutputBuffer(streams.Output);
        var pump = new DocumentPump(mapping, output, streams.Error);
        bool isFine = inputs.All(input => pump.Run(input, streams.Input));
        output.Flush();
        return isFine ? ExitCodes.Fine : ExitCodes.Failed;
    }
}
