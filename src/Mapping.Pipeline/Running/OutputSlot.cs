using Mapping.Pipeline.Contracts;
using Mapping.Pipeline.Messages;

namespace Mapping.Pipeline.Running;

/// <summary>
/// An output together with what is configured beside it: batching, the bound of writes in flight, processors, the refusal of failed
/// messages, connection and watch, from the outside in.
/// </summary>
internal sealed partial class OutputSlot : IOutput
{
    private const int UncountedBatch = 1000;
    private const int MostWaiting = 100_000;

    private readonly GuardedOutput output;
    private readonly ProcessorChain processors;
    private readonly SemaphoreSlim gate;
    private readonly OutputBatcher? batcher;
    private readonly bool takesLoose;
    private readonly bool hasLanes;
    private readonly ComponentContext context;

    private OutputSlot(GuardedOutput output, ProcessorChain processors, IOutput raw, ComponentContext context, RunServices services)
    {
        this.output = output;
        this.processors = processors;
        this.context = context;
        Policy = raw.Batching;
        Writes = raw.MaxInFlight;
        gate = new SemaphoreSlim(raw.MaxInFlight);
        hasLanes = services.HasLanes;
        Gathering = raw.Gathering;
        batcher = raw.Batching is { } policy ? new OutputBatcher(this, new BatchRule(policy, context), ProcessorChain.Create(policy.Processors ?? [], services), services) : null;
        takesLoose = raw.TakesLoose && processors.IsEmpty && batcher is null;
        MaxInFlight = raw.Batching is { } batching && !hasLanes ? (int)Math.Min(MostWaiting, (long)raw.MaxInFlight * (batching.Count > 1 ? batching.Count : UncountedBatch)) : raw.MaxInFlight;
    }

    /// <summary>Writes that whoever holds the output should keep under way, so that batches can fill.</summary>
    public int MaxInFlight { get; }

    /// <summary>Writes at once, each of a whole batch.</summary>
    public int Writes { get; }

    /// <summary>How messages are grouped; null when they are written as they come.</summary>
    public BatchPolicy? Policy { get; }

    public IReadOnlyList<BatchPolicy> Gathering { get; }

    /// <summary>Failed messages are refused further in, where they would be written.</summary>
    public bool TakesFailed => true;

    public bool TakesLoose => takesLoose;

    public bool IsConnected => output.IsConnected;

    public string? Problem => output.Problem;

    public static OutputSlot Create(ComponentPlan<IOutput> plan, RunServices services)
    {
        var context = new ComponentContext(services, plan);
        IOutput raw = Construction.Make(plan, context);
        return new OutputSlot(new GuardedOutput(raw, context, services.Errors), ProcessorChain.Create(plan.Processors, services), raw, context, services);
    }

    public ValueTask ConnectAsync(CancellationToken cancellation) => output.ConnectAsync(cancellation);

    /// <summary>Takes a delivery over: returns when it is accepted, which waits while too many writes are under way, and settles it later.</summary>
    /// <param name="delivery">Tracked.</param>
    /// <param name="current">What the messages have become.</param>
    /// <param name="cancellation">Ends waits and writes.</param>
    public ValueTask SubmitAsync(Delivery delivery, Batch current, CancellationToken cancellation) =>
        batcher is null && !cancellation.IsCancellationRequested && gate.Wait(0, CancellationToken.None)
            ? BeginAsync(delivery, current, cancellation)
            : WaitAndBeginAsync(delivery, current, cancellation);

    private ValueTask BeginAsync(Delivery delivery, Batch current, CancellationToken cancellation)
    {
        ValueTask write = WriteThroughGateAsync(delivery, current, cancellation);
        if (write.IsCompleted)
        {
            return write;
        }

        // Settles the delivery whatever happens; nobody needs to wait.
        _ = write.AsTask();
        return ValueTask.CompletedTask;
    }

    private async ValueTask WaitAndBeginAsync(Delivery delivery, Batch current, CancellationToken cancellation)
    {
        if (batcher is not null)
        {
            await batcher.AddAsync(delivery, current, cancellation).ConfigureAwait(false);
            return;
        }

        await gate.WaitAsync(cancellation).ConfigureAwait(false);
        if (cancellation.IsCancellationRequested)
        {
            // A write that was cut off has left the gate.
            gate.Release();
            cancellation.ThrowIfCancellationRequested();
        }

        await BeginAsync(delivery, current, cancellation).ConfigureAwait(false);
    }

    /// <summary>For an output that holds this one: returns when the messages are written.</summary>
    public async ValueTask WriteAsync(Batch batch, CancellationToken cancellation)
    {
        if (batcher is null && processors.IsEmpty)
        {
            await gate.WaitAsync(cancellation).ConfigureAwait(false);
            try
            {
                await output.WriteAsync(batch, cancellation).ConfigureAwait(false);
            }
            finally
            {
                gate.Release();
            }

            return;
        }

        // The caller's messages keep their own trails: what it is told is counted by positions in its batch.
        var done = new TaskCompletionSource<Rejection?>(TaskCreationOptions.RunContinuationsAsynchronously);
        Delivery delivery = Delivery.To(batch.Copy(), rejection =>
        {
            done.TrySetResult(rejection);
            return ValueTask.CompletedTask;
        }).Track();
        if (batcher is not null && hasLanes)
        {
            await WriteGatheredAsync(delivery, cancellation).ConfigureAwait(false);
        }
        else
        {
            await SubmitAsync(delivery, delivery.Messages, cancellation).ConfigureAwait(false);
        }

        if (await done.Task.WaitAsync(cancellation).ConfigureAwait(false) is { } rejection)
        {
            throw rejection.ToException();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (batcher is not null)
        {
            await batcher.DisposeAsync().ConfigureAwait(false);
        }

        await output.DisposeAsync().ConfigureAwait(false);
        await processors.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>The batcher waits here for its turn; <see cref="WriteThroughGateAsync"/> gives the turn back.</summary>
    internal Task EnterGateAsync(CancellationToken cancellation) => gate.WaitAsync(cancellation);

    internal ValueTask WriteThroughGateAsync(Delivery delivery, Batch current, CancellationToken cancellation)
    {
        if (!processors.IsEmpty || current.Count == 0)
        {
            return ProcessAndWriteAsync(delivery, current, cancellation);
        }

        ValueTask write = output.WriteAsync(current, cancellation);
        if (!write.IsCompletedSuccessfully)
        {
            return FinishAsync(delivery, current, write, cancellation);
        }

        ValueTask settling = delivery.SettleAsync(null);
        if (!settling.IsCompletedSuccessfully)
        {
            return FinishAsync(settling);
        }

        gate.Release();
        return ValueTask.CompletedTask;
    }

    private async ValueTask FinishAsync(ValueTask settling)
    {
        try
        {
            await settling.ConfigureAwait(false);
        }
        finally
        {
            gate.Release();
        }
    }

    private async ValueTask FinishAsync(Delivery delivery, Batch batch, ValueTask write, CancellationToken cancellation)
    {
        try
        {
            await SettleAfterAsync(delivery, batch, write, cancellation).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // The run was cut off: what is not settled is delivered again by the source.
        }
        finally
        {
            gate.Release();
        }
    }

    private async ValueTask ProcessAndWriteAsync(Delivery delivery, Batch current, CancellationToken cancellation)
    {
        try
        {
            Batches made = await processors.RunAsync(current, cancellation).ConfigureAwait(false);
            if (made.Count <= 1)
            {
                await WriteAndSettleAsync(delivery, made.Count == 0 ? null : made[0], cancellation).ConfigureAwait(false);
                return;
            }

            Batch[] parts = [.. Enumerable.Range(0, made.Count).Select(i => made[i])];
            foreach (Delivery part in Join.Split(delivery, parts))
            {
                await WriteAndSettleAsync(part, part.Messages, cancellation).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
            // The run was cut off: what is not settled is delivered again by the source.
        }
        finally
        {
            gate.Release();
        }
    }

    private ValueTask WriteAndSettleAsync(Delivery delivery, Batch? batch, CancellationToken cancellation) =>
        batch is null ? delivery.SettleAsync(null) : SettleAfterAsync(delivery, batch, output.WriteAsync(batch, cancellation), cancellation);

    private static async ValueTask SettleAfterAsync(Delivery delivery, Batch batch, ValueTask write, CancellationToken cancellation)
    {
        Rejection? rejection = null;
        try
        {
            await write.ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            throw;
        }
#pragma warning disable CA1031 // Whatever a write throws is its failure.
        catch (Exception error)
#pragma warning restore CA1031
        {
            rejection = delivery.Reject(batch, error);
        }

        await delivery.SettleAsync(rejection).ConfigureAwait(false);
    }
}
