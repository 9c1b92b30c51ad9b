using System.Threading.Channels;
using Mapping.Diagnostics;
using Mapping.Pipeline.Contracts;
using Mapping.Pipeline.Graph;
using Mapping.Pipeline.Running;

namespace Mapping.Pipeline.Service;

/// <content>How one pipeline takes the place of another while the service goes on.</content>
internal sealed partial class PipelineService
{
    /// <summary>How long a pipeline may take to finish what it has read, before another one takes its place.</summary>
    private static readonly TimeSpan ChangeTimeout = TimeSpan.FromSeconds(30);

    /// <summary>
    /// As <see cref="RunAsync(CancellationToken)"/>, and goes over to every configuration that comes: what was read is finished first, and what
    /// could not be is delivered again by the source. Where the new one cannot start, the one before is started again. The sections that
    /// this service was made of stay as they were.
    /// </summary>
    /// <param name="changes">Checked configurations.</param>
    /// <param name="stop">Ends it.</param>
    public async Task<bool> RunAsync(ChannelReader<PipelineGraph> changes, CancellationToken stop)
    {
        PipelineGraph? before = null;
        while (true)
        {
            using var ending = CancellationTokenSource.CreateLinkedTokenSource(stop);
            Task<bool> work = run.RunAsync(ending.Token, () => stop.IsCancellationRequested ? graph.Shutdown.Timeout : ChangeTimeout);
            Task<PipelineGraph> change = NextAsync(changes, ending.Token);
            PipelineGraph next;
            await Task.WhenAny(work, change).ConfigureAwait(false);
            if (work.IsCompleted || !change.IsCompletedSuccessfully)
            {
                try
                {
                    bool isAllWritten = await work.ConfigureAwait(false);
                    await ending.CancelAsync().ConfigureAwait(false);
                    return isAllWritten;
                }
                catch (ComponentStartException error) when (before is not null && !run.HasConnected)
                {
                    next = GoBack(error, before);
                    before = null;
                }
            }
            else
            {
                next = await change.ConfigureAwait(false);
                before = graph;
                log.Write(LogLevel.Info, "the configuration has changed: what was read is finished first");
                await ending.CancelAsync().ConfigureAwait(false);
                if (!await work.ConfigureAwait(false))
                {
                    log.Write(LogLevel.Warn, $"the pipeline before the change was stopped with {InFlight}; none of it is acknowledged, so that a source that can delivers it again");
                }
            }

            await ending.CancelAsync().ConfigureAwait(false);
            if (stop.IsCancellationRequested)
            {
                return InFlight.IsAllWritten;
            }

            await run.DisposeAsync().ConfigureAwait(false);
            try
            {
                Begin(next);
            }
            catch (ComponentStartException error) when (before is not null)
            {
                Begin(GoBack(error, before));
                before = null;
            }
        }
    }

    /// <summary>The next change that can be made while it runs.</summary>
    private async Task<PipelineGraph> NextAsync(ChannelReader<PipelineGraph> changes, CancellationToken stop)
    {
        while (true)
        {
            PipelineGraph next = await changes.ReadAsync(stop).ConfigureAwait(false);
            if (!ReadsStandardInput(graph.Input) && !graph.Resources.Values.Any(ReadsStandardInput))
            {
                return next;
            }

            log.Write(LogLevel.Error, "the configuration has changed, and needs a restart to count: standard input cannot be handed over without losing what was read ahead");
        }
    }

    private static bool ReadsStandardInput(ComponentPlan plan) => plan is { Kind: ComponentKind.Input, Type: "stdin" } || plan.Children.Any(ReadsStandardInput);

    private PipelineGraph GoBack(ComponentStartException error, PipelineGraph before)
    {
        log.Write(LogLevel.Error, $"the changed configuration is not taken over, the one before is started again: {DiagnosticRenderer.RenderHead(error.Diagnostic)}");
        return before;
    }

    private void Begin(PipelineGraph next)
    {
        graph = next with { Service = graph.Service, Logger = graph.Logger };
        run = MakeRun();
        log.Write(LogLevel.Info, "the pipeline runs anew");
    }
}
