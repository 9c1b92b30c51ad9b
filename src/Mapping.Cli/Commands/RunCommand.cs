using System.CommandLine;
using Mapping.Cli.Pipelines;
using Mapping.Pipeline.Contracts;
using Mapping.Pipeline.Graph;
using Mapping.Pipeline.Observability;
using Mapping.Pipeline.Running;
using Mapping.Pipeline.Service;

namespace Mapping.Cli.Commands;

/// <summary><c>blobl run FILE</c>: runs a pipeline.</summary>
internal static class RunCommand
{
    private static readonly string Summary = $"""
        Runs a pipeline until its input ends or a signal stops it. Without a FILE it runs {StandardPlaces.Listed}, the first there is;
        without any it maps nothing, from standard input to standard output.

        Meanwhile it answers at port 4195, or where http.address says: /ping, /ready, /version, /metrics.

        Exit codes: 0 everything read was written; 1 a stop left something unwritten, the run broke, or the configuration has mistakes that --chilled would let pass; 2 usage; 3 the configuration is invalid; 4 a file cannot be read.
        """;

    public static Command Create(StandardStreams streams)
    {
        var syntax = new ConfigurationSyntax();
        Option<string?> level = LogLevelOption.Create("The least important lines that are still logged, instead of logger.level.");
        var chilled = new Option<bool>("--chilled") { Description = "Run in spite of mistakes that do not keep it from running, such as unknown fields; they are told as warnings." };
        var watches = new Option<bool>("--watcher", "-w") { Description = "When the configuration or a file of shared components changes, go over to it; http, logger, metrics and tracer stay as they are." };
        var command = new Command("run", Summary);
        syntax.AddTo(command);
        command.Add(chilled);
        command.Add(watches);
        command.Add(level);
        command.SetAction(parsed =>
        {
            try
            {
                (Configuration, FileVariables) Read() => (syntax.Read(parsed, out FileVariables set) with { IsChilled = parsed.GetValue(chilled) }, set);
                ConfigurationWatch? watch = parsed.GetValue(watches) ? new ConfigurationWatch(() => syntax.FilesOf(parsed), Read, TimeProvider.System) : null;
                (Configuration configuration, FileVariables variables) = Read();
                PipelineGraph graph = Graphs.ReadToRun(configuration, streams.Error);
                variables.Publish();
                LoggerOptions logger = LogLevelOption.Read(parsed.GetValue(level)) is { } given ? graph.Logger with { Level = given } : graph.Logger;

                // Not an asynchronous action, to which the library would bring signal handlers of its own.
                return RunAsync(graph with { Logger = logger }, watch, syntax.Names(parsed) ? null : configuration.Main?.Name, streams).GetAwaiter().GetResult();
            }
            catch (Problem problem)
            {
                return problem.Report(streams.Error);
            }
            catch (ComponentStartException error)
            {
                streams.Error.WriteLine(error.Diagnostic.ToString());
                return ExitCodes.Failed;
            }
            catch (ServiceStartException error)
            {
                streams.Error.WriteLine(error.Diagnostic.ToString());
                return ExitCodes.Failed;
            }
#pragma warning disable CA1031 // Whatever breaks the run is told and has the code of a failure, instead of the abort of a process that nobody handles.
            catch (Exception error)
#pragma warning restore CA1031
            {
                streams.Error.WriteLine($"blobl: the run broke, what was not written is not acknowledged: {error}");
                return ExitCodes.Failed;
            }
        });
        return command;
    }

    /// <param name="graph">What runs.</param>
    /// <param name="watch">Finds what it changes to; null when it does not.</param>
    /// <param name="found">The file in a standard place that it was read from; null when somebody named one.</param>
    /// <param name="streams">Of the process.</param>
    private static async Task<int> RunAsync(PipelineGraph graph, ConfigurationWatch? watch, string? found, StandardStreams streams)
    {
        using TextWriter? file = graph.Logger.File is { } options ? Open(options) : null;
        using var throttle = new LogThrottle(TimeProvider.System);
        ILog log = throttle.Over(new TextLog(file ?? Lines(graph, streams), graph.Logger, TimeProvider.System));
        if (found is not null)
        {
            log.Write(LogLevel.Info, $"no configuration is named: {found} is run");
        }

        using var signals = new StopSignals(graph.Shutdown.Delay);
        await using var service = new PipelineService(graph, log, TimeProvider.System, new ProcessStreams(streams, signals.Stop));
        service.Serve();
        bool isAllWritten = watch is null
            ? await service.RunAsync(signals.Token).ConfigureAwait(false)
            : await RunAsync(service, watch, log, signals.Token).ConfigureAwait(false);
        if (isAllWritten)
        {
            return ExitCodes.Fine;
        }

        foreach (string left in service.Unwritten)
        {
            await streams.Error.WriteLineAsync($"blobl: {left}").ConfigureAwait(false);
        }

        return ExitCodes.Failed;
    }

    private static async Task<bool> RunAsync(PipelineService service, ConfigurationWatch watch, ILog log, CancellationToken stop)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(stop);
        Task watching = Task.Run(() => watch.RunAsync(log, ended.Token), CancellationToken.None);
        try
        {
            return await service.RunAsync(watch.Changes, stop).ConfigureAwait(false);
        }
        finally
        {
            await ended.CancelAsync().ConfigureAwait(false);
            await watching.ConfigureAwait(false);
        }
    }

    /// <summary>Standard output belongs to an output that writes there.</summary>
    private static TextWriter Lines(PipelineGraph graph, StandardStreams streams)
    {
        bool writesOut = graph.Output.Type == "stdout" || graph.Resources.Values.Any(r => r.Type == "stdout") || graph.Output.Children.Count > 0;
        return writesOut ? streams.Error : streams.OpenOutputText();
    }

    private static LogFile Open(LogFileOptions options)
    {
        try
        {
            return new LogFile(options, TimeProvider.System);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new Problem(ExitCodes.Unreadable, $"the log cannot be written to {options.Path}: {error.Message}", "set logger.file.path to a file that can be written");
        }
    }
}
