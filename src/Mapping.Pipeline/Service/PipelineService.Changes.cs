using System.Text;
using System.Threading.Channels;
using Mapping.Diagnostics;
using Mapping.Pipeline.Config;
using Mapping.Pipeline.Contracts;
using Mapping.Pipeline.Graph;
using Mapping.Pipeline.Running;

namespace Mapping.Pipeline.Service;

/// <content>How one pipeline takes the place of another while the service goes on.</content>
internal sealed partial class PipelineService
{
    /// <summary>Sections of what does not end with a pipeline.</summary>
    private static readonly string[] KeptSections = ["http", "logger", "metrics", "tracer", "shutdown_delay"];

    /// <summary>
    /// As <see cref="RunAsync(CancellationToken)"/>, and goes over to every configuration that comes: what was read is finished first, and what
    /// could not be is delivered again by the source. Where the new one cannot start, the one before is started again. The sections that
    /// this service was made of stay as they were.
    /// </summary>
    /// <param name="changes">Checked configurations.</param>
    /// <param name="stop">Ends it.</param>
    /// <returns>False when something was cut off, before a change or at the end.</returns>
    public async Task<bool> RunAsync(ChannelReader<PipelineGraph> changes, CancellationToken stop)
    {
        PipelineGraph? before = null;
        while (true)
        {
            using var change = new CancellationTokenSource();
            using var ending = CancellationTokenSource.CreateLinkedTokenSource(change.Token, stop);
            Task<bool> work = run.RunAsync(change.Token, stop);
            Task<PipelineGraph> coming = NextAsync(changes, ending.Token);
            await Task.WhenAny(work, coming).ConfigureAwait(false);
            bool isChange = !work.IsCompleted && coming.IsCompletedSuccessfully;
            if (isChange)
            {
                before = run.HasConnected ? graph : before ?? graph;
                log.Write(LogLevel.Info, "the configuration has changed: what was read is finished first" + (run.HoldsAcknowledged ? ", however long that takes, for some of it is acknowledged already" : string.Empty));
                await change.CancelAsync().ConfigureAwait(false);
            }

            ComponentStartException? failure = null;
            try
            {
                if (!await work.ConfigureAwait(false))
                {
                    Leave(isChange);
                }

                if (!isChange)
                {
                    return unwritten.Count == 0;
                }
            }
            catch (ComponentStartException error) when (run.HasReadNothing && before is not null)
            {
                failure = error;
            }
            finally
            {
                // Nobody takes a change any more that is not used below.
                await change.CancelAsync().ConfigureAwait(false);
            }

            if (stop.IsCancellationRequested)
            {
                return unwritten.Count == 0;
            }

            await run.DisposeAsync().ConfigureAwait(false);
            PipelineGraph? next = await TakenAsync(coming).ConfigureAwait(false);
            if (failure is not null)
            {
                Tell(failure, next is null ? "the one before is started again" : "a newer one is there");
            }

            if (next is null)
            {
                next = before!;
                before = null;
            }

            try
            {
                Begin(next);
            }
            catch (ComponentStartException error) when (before is not null)
            {
                Tell(error, "the one before is started again");
                Begin(before);
                before = null;
            }
        }
    }

    /// <summary>The change that was taken out of the channel, if one was.</summary>
    private static async Task<PipelineGraph?> TakenAsync(Task<PipelineGraph> coming)
    {
        await ((Task)coming).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return coming.IsCompletedSuccessfully ? await coming.ConfigureAwait(false) : null;
    }

    /// <summary>The next change that can be made while it runs.</summary>
    private async Task<PipelineGraph> NextAsync(ChannelReader<PipelineGraph> changes, CancellationToken stop)
    {
        while (true)
        {
            PipelineGraph next = await changes.ReadAsync(stop).ConfigureAwait(false);
            if (ReadsStandardInput(graph))
            {
                log.Write(LogLevel.Error, "the configuration has changed, and needs a restart to count: standard input cannot be handed over without losing what was read ahead");
            }
            else if (ReadsStandardInput(next))
            {
                log.Write(LogLevel.Error, "the changed configuration is not taken over, the pipeline goes on as it was: it reads standard input, which needs a restart");
            }
            else
            {
                return next;
            }
        }
    }

    private static bool ReadsStandardInput(PipelineGraph graph) => ReadsStandardInput(graph.Input) || graph.Resources.Values.Any(ReadsStandardInput);

    private static bool ReadsStandardInput(ComponentPlan plan) => plan is { Kind: ComponentKind.Input, Type: "stdin" } || plan.Children.Any(ReadsStandardInput);

    private void Leave(bool isChange)
    {
        string left = run.TellUnwritten();
        unwritten.Add(isChange ? $"the pipeline before a change was stopped with {left}" : $"the run was stopped with {left}");
        if (isChange)
        {
            log.Write(LogLevel.Warn, unwritten[^1]);
        }
    }

    private void Tell(ComponentStartException error, string then) =>
        log.Write(LogLevel.Error, $"the changed configuration is not taken over, {then}: {DiagnosticRenderer.RenderHead(error.Diagnostic)}");

    private void Begin(PipelineGraph next)
    {
        TellKept(next);
        PipelineGraph kept = next with { Service = first.Service, Logger = first.Logger };
        run = MakeRun(kept);
        graph = kept;
        log.Write(LogLevel.Info, "the pipeline runs anew");
    }

    private void TellKept(PipelineGraph next)
    {
        string[] differing = [.. KeptSections.Where(section => TextOf(next, section) != TextOf(first, section))];
        if (differing.Length > 0)
        {
            log.Write(LogLevel.Warn, $"{string.Join(", ", differing)} of the changed configuration need a restart to count, the rest is taken over");
        }
    }

    private static string TextOf(PipelineGraph graph, string section) => graph.Root[section] is { } node ? Encoding.UTF8.GetString(NodeJson.ToBytes(node)) : string.Empty;
}
