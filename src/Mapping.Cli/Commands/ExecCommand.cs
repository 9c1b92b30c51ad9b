using System.CommandLine;
using Mapping.Cli.Exec;
using Mapping.Cli.Input;
using Mapping.Cli.Output;

namespace Mapping.Cli.Commands;

/// <summary><c>blobl exec MAPPING [FILE...]</c>: maps documents.</summary>
internal static class ExecCommand
{
    private const string Summary = """
        Maps JSON documents from files or standard input to standard output.

        Exit codes: 0 all documents were mapped, 1 a document failed, 2 usage, 3 the mapping is invalid, 4 a file cannot be read.
        """;

    public static Command Create(StandardStreams streams)
    {
        var options = new ExecSyntax();
        var command = new Command("exec", Summary);
        options.AddTo(command);
        command.Validators.Add(options.Validate);
        command.SetAction(parsed =>
        {
            try
            {
                return Run(options.Read(parsed, streams), streams);
            }
            catch (Problem problem)
            {
                return problem.Report(streams.Error);
            }
        });
        return command;
    }

    private static int Run(ExecRequest request, StandardStreams streams)
    {
        IReadOnlyList<InputSource> inputs = InputSource.Of(request.Paths);
        CompiledMapping mapping = request.Mapping.Compile(request.Environment, streams.Error);
        var mapper = new DocumentMapper(mapping, request.Options);
        if (request.IsInPlace)
        {
            return inputs.Select(input => RunTo(input.Path!, [input], mapper, streams)).Max();
        }

        return request.OutputPath is { } path ? RunTo(path, inputs, mapper, streams) : Pump(inputs, mapper, new OutputBuffer(streams.Output), streams);
    }

    /// <summary>Writes to a file, which takes its place only when the run is over and nothing stopped it.</summary>
    private static int RunTo(string path, IReadOnlyList<InputSource> inputs, DocumentMapper mapper, StandardStreams streams)
    {
        using var file = new ReplacedFile(path);
        using var interrupt = new InterruptGuard(file.Abandon);
        int exitCode = Pump(inputs, mapper, new OutputBuffer(file.Open()), streams);
        if (exitCode == ExitCodes.Fine || mapper.Options.OnError != OnError.Stop)
        {
            file.Complete();
        }

        return exitCode;
    }

    private static int Pump(IReadOnlyList<InputSource> inputs, DocumentMapper mapper, OutputBuffer output, StandardStreams streams)
    {
        var summary = new RunSummary(mapper.Options, streams.Error, output.Flush);
        ProgressLine? progress = streams.ShowsProgress ? new ProgressLine(streams.Error, inputs.Sum(i => i.Size)) : null;
        Func<IDocumentReader, string, bool> run = mapper.Options.Threads > 1
            ? new ParallelPump(mapper, output, summary).Run
            : new SequentialPump(mapper, output, summary).Run;
        try
        {
            foreach ((IDocumentReader reader, string name) in DocumentReaders.Of(inputs, mapper.Options, streams, output.Flush, progress))
            {
                using IDocumentReader guarded = new ReadableDocuments(reader, name);
                if (!run(guarded, name))
                {
                    break;
                }
            }
        }
        catch (Problem)
        {
            // What was mapped before the input broke is not lost.
            output.Flush();
            throw;
        }
        finally
        {
            progress?.End();
        }

        output.Flush();
        return summary.ExitCode;
    }
}
