using System.Diagnostics;
using System.Threading.Channels;
using Mapping.Pipeline.Contracts;
using Mapping.Pipeline.Graph;
using Mapping.Pipeline.Messages;

namespace Mapping.Pipeline.Running;

/// <summary>
/// A graph at work. One loop reads, <c>threads</c> workers process, one loop hands over to the output; deliveries travel between them
/// in groups, over queues that hold one group, so that an output that stops stops the input.
/// </summary>
internal sealed partial class PipelineRun : IAsyncDisposable
{
    /// <summary>Deliveries that are at hand at once travel together; one that must be waited for does not wait for others.</summary>
    internal const int LargestGroup = 256;

    /// <summary>Large messages travel in smaller groups, so that what is under way stays small too.</summary>
    private const long LargestGroupBytes = 128 * 1024;

    private readonly PipelineGraph graph;
    private readonly RunServices services;
    private readonly Resources resources;
    private readonly CancellationTokenSource hurry = new();
    private readonly CancellationTokenSource cutOff = new();
    private readonly InFlight inFlight;
    private readonly Action<Delivery, Rejection?> settled;
    private readonly TaskCompletionSource drained = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly IInput input = null!;
    private readonly BufferStage? buffer;
    private readonly ProcessorChain processors = null!;
    private readonly OutputSlot output = null!;
    private readonly bool takesLoose;
    private volatile bool allRead;
    private volatile bool hasConnected;
    private int isDisposed;

    /// <summary>Makes every component.</summary>
    /// <exception cref="ComponentStartException">One of them cannot work as it is configured.</exception>
    public PipelineRun(
        PipelineGraph graph, ILog log, IMetrics metrics, TimeProvider clock, IStandardStreams streams, ActivitySource? spans = null, HttpEndpoints? endpoints = null)
    {
        this.graph = graph;
        resources = new Resources(graph);
        services = new RunServices
        {
            Log = log,
            Metrics = metrics,
            Spans = spans,
            Clock = clock,
            Streams = streams,
            Endpoints = endpoints,
            Resources = resources,
            Errors = graph.Errors,
            Environment = graph.Environment,
            HasLanes = graph.Processing.PartitionBy is not null,
            Hurry = hurry.Token,
            CutOff = cutOff.Token,
            SourceEnded = OnSourceEnded,
        };
        resources.Services = services;
        inFlight = services.InFlight;
        settled = OnSettled;
        services.Unowned.Add(resources);
        try
        {
            output = OutputSlot.Create(graph.Output, services);
            processors = ProcessorChain.Create(graph.Processing.Processors, services);
            buffer = graph.Buffer is { } plan ? BufferStage.Create(plan, services) : null;
            takesLoose = buffer is null && graph.Processing.PartitionBy is null && processors.TakesLoose && output.TakesLoose;
            input = Inputs.Create(graph.Input, services, takesLoose);
            services.Unowned.Close();
        }
        catch
        {
            // What was made is not used by anybody yet, so that nothing is waited for.
            cutOff.Cancel();
            services.Unowned.DisposeAsync().AsTask().GetAwaiter().GetResult();
            hurry.Dispose();
            cutOff.Dispose();
            throw;
        }
    }

    /// <summary>What is under way, for the report of a stop that took too long.</summary>
    public InFlight InFlight => inFlight;

    /// <summary>What everything is handed to in the end.</summary>
    public OutputSlot Output => output;

    /// <summary>Whether it came to the reading of its input.</summary>
    public bool HasConnected => hasConnected;

    /// <summary>Whether nothing is lost or half done when another run takes its place.</summary>
    public bool HasReadNothing => inFlight.ReadCount == 0 && LostCount == 0;

    /// <summary>How the connections are, for <c>/ready</c>.</summary>
    public ConnectionBoard Connections => services.Connections;

    private int Threads => graph.Processing.Threads > 0 ? graph.Processing.Threads : Environment.ProcessorCount;

    /// <summary>Of what was made; a second time there is nothing left to do.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref isDisposed, 1) == 1)
        {
            return;
        }

        await cutOff.CancelAsync().ConfigureAwait(false);
        foreach (IAsyncDisposable? part in (IAsyncDisposable?[])[input, buffer, processors, output, resources])
        {
            if (part is not null)
            {
                await part.DisposeAsync().ConfigureAwait(false);
            }
        }

        hurry.Dispose();
        cutOff.Dispose();
    }

    private async Task WorkAsync(CancellationToken stop)
    {
        try
        {
            await output.ConnectAsync(stop).ConfigureAwait(false);
            if (buffer is not null)
            {
                await buffer.ConnectAsync(graph.Buffer!, stop).ConfigureAwait(false);
            }

            await input.ConnectAsync(stop).ConfigureAwait(false);
            hasConnected = true;
            await FlowAsync(stop).ConfigureAwait(false);
            if (inFlight.Open > 0)
            {
                await drained.Task.WaitAsync(cutOff.Token).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Stopped while connecting, or cut off: nothing more can be finished.
        }
    }

    private Task FlowAsync(CancellationToken stop)
    {
        if (takesLoose && Threads == 1)
        {
            // Where nobody on the way waits, passing messages from loop to loop costs more than it gains.
            return ReadAsync(input.ReadAsync, new DirectWork(processors, output, inFlight).DoAsync, stop);
        }

        Channel<List<Delivery>> read = Channel.CreateBounded<List<Delivery>>(1);
        Task reading = buffer is null
            ? ReadIntoAsync(read.Writer, input, stop)
            : Task.WhenAll(buffer.FillAsync(input, stop), ReadIntoAsync(read.Writer, buffer.Source, buffer.IsDurable ? stop : cutOff.Token));
        Task working = graph.Processing.PartitionBy is { } key
            ? new PartitionedWork(key, Threads, processors, output, inFlight, services, cutOff.Token).RunAsync(read.Reader)
            : new OrderedWork(Threads, processors, output, inFlight, cutOff.Token).RunAsync(read.Reader);
        return Task.WhenAll(OrCutOffAsync(reading), OrCutOffAsync(working));
    }

    /// <summary>When one loop breaks, the others must not wait for it.</summary>
    private async Task OrCutOffAsync(Task loop)
    {
        try
        {
            await loop.ConfigureAwait(false);
        }
        catch
        {
            await cutOff.CancelAsync().ConfigureAwait(false);
            throw;
        }
    }

    private async Task ReadIntoAsync(ChannelWriter<List<Delivery>> groups, IInput source, CancellationToken stop)
    {
        try
        {
            await ReadAsync(source.ReadAsync, groups.WriteAsync, stop).ConfigureAwait(false);
        }
        finally
        {
            groups.TryComplete();
        }
    }

    private async Task ReadAsync(Func<CancellationToken, ValueTask<Delivery?>> next, Func<List<Delivery>, CancellationToken, ValueTask> pass, CancellationToken stop)
    {
        await Task.Yield();
        List<Delivery> group = [];
        try
        {
            bool isEnd = false;
            while (!isEnd)
            {
                group = [];
                long bytes = 0;
                ValueTask<Delivery?> pending = next(stop);
                while (true)
                {
                    if (!pending.IsCompleted && group.Count > 0)
                    {
                        // What is at hand does not wait for what is not.
                        await pass(group, cutOff.Token).ConfigureAwait(false);
                        group = [];
                        bytes = 0;
                    }

                    if (await pending.ConfigureAwait(false) is not { } delivery)
                    {
                        isEnd = true;
                        break;
                    }

                    delivery.Observer = settled;
                    inFlight.Read();
                    group.Add(delivery.Track());
                    bytes += delivery.Messages.ByteSize();
                    if (group.Count == LargestGroup || bytes >= LargestGroupBytes)
                    {
                        break;
                    }

                    pending = next(stop);
                }

                if (group.Count > 0)
                {
                    await pass(group, cutOff.Token).ConfigureAwait(false);
                }
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested && !cutOff.IsCancellationRequested)
        {
            // Reading was stopped; what was read before goes on.
            if (group.Count > 0)
            {
                await pass(group, cutOff.Token).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (cutOff.IsCancellationRequested)
        {
            // Cut off: the source delivers it again.
        }
        finally
        {
            allRead = true;
            await hurry.CancelAsync().ConfigureAwait(false);
            OnSettled();
        }
    }

    private void OnSettled(Delivery delivery, Rejection? rejection)
    {
        inFlight.Settled();
        OnSettled();
    }

    private void OnSettled()
    {
        if (allRead && inFlight.Open == 0)
        {
            drained.TrySetResult();
        }
    }

    private void OnSourceEnded()
    {
        if ((buffer?.Source ?? input) is { IsExhausted: true })
        {
            hurry.Cancel();
        }
    }
}
