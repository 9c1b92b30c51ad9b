using Mapping.Pipeline.Contracts;
using Mapping.Pipeline.Messages;

namespace Mapping.Pipeline.Running;

/// <summary>A buffer between the input, which fills it, and the processors, for which it is the input.</summary>
internal sealed class BufferStage : IAsyncDisposable
{
    private readonly IBuffer buffer;
    private readonly RunServices services;
    private readonly ICounter received;
    private readonly ICounter batchReceived;

    private BufferStage(IBuffer buffer, ComponentContext context, RunServices services)
    {
        this.buffer = buffer;
        this.services = services;
        received = context.Metrics.Counter("buffer_received");
        batchReceived = context.Metrics.Counter("buffer_batch_received");
        Source = new ReplayingInput(new Reading(buffer, context), context, services.InFlight, services.SourceEnded);
        if (buffer.Processors.Count > 0)
        {
            Source = new ProcessedInput(Source, ProcessorChain.Create(buffer.Processors, services));
        }

        if (buffer.Batching is { } policy)
        {
            Source = new BatchedInput(Source, new BatchRule(policy, context), ProcessorChain.Create(policy.Processors ?? [], services), services);
        }
    }

    /// <summary>Where the processors read from.</summary>
    public IInput Source { get; }

    /// <inheritdoc cref="IBuffer.IsDurable"/>
    public bool IsDurable => buffer.IsDurable;

    /// <inheritdoc cref="IBuffer.LostCount"/>
    public long LostCount => buffer.LostCount;

    public static BufferStage Create(ComponentPlan<IBuffer> plan, RunServices services)
    {
        var context = new ComponentContext(services, plan);
        return new BufferStage(Construction.Make(plan, context), context, services);
    }

    public async ValueTask ConnectAsync(ComponentPlan plan, CancellationToken cancellation)
    {
        try
        {
            await buffer.ConnectAsync(cancellation).ConfigureAwait(false);
        }
        catch (StartException error)
        {
            throw new ComponentStartException(plan, error);
        }
    }

    /// <summary>Moves all that the input gives into the buffer.</summary>
    public async Task FillAsync(IInput input, CancellationToken stop)
    {
        await Task.Yield();
        try
        {
            while (await input.ReadAsync(stop).ConfigureAwait(false) is { } delivery)
            {
                received.Add(delivery.Messages.Count);
                batchReceived.Add();

                // What its source will not deliver again must still get in.
                await buffer.WriteAsync(delivery, services.AcknowledgesEarly ? services.CutOff : stop).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
            // Reading was stopped.
        }
        finally
        {
            buffer.Complete();
        }
    }

    public ValueTask DisposeAsync() => Source.DisposeAsync();

    /// <summary>The buffer as an input.</summary>
    private sealed class Reading(IBuffer buffer, ComponentContext context) : IInput
    {
        private readonly ICounter sent = context.Metrics.Counter("buffer_sent");
        private readonly ICounter batchSent = context.Metrics.Counter("buffer_batch_sent");
        private readonly ITiming latency = context.Metrics.Timing("buffer_latency_ns");

        public async ValueTask<Delivery?> ReadAsync(CancellationToken cancellation)
        {
            if (await buffer.ReadAsync(cancellation).ConfigureAwait(false) is not { } delivery)
            {
                return null;
            }

            sent.Add(delivery.Messages.Count);
            batchSent.Add();
            long start = context.Clock.GetTimestamp();
            delivery.Observer = (_, _) => latency.Record(context.Clock.GetElapsedTime(start));
            return delivery;
        }

        public ValueTask DisposeAsync() => buffer.DisposeAsync();
    }
}
