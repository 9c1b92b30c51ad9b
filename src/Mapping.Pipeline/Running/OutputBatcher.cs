using Mapping.Functions;
using Mapping.Pipeline.Messages;

namespace Mapping.Pipeline.Running;

/// <summary>
/// Groups what is submitted to an output by a policy. While the next batch fills, earlier ones are being written; when too many are,
/// whoever submits waits.
/// </summary>
internal sealed class OutputBatcher : IAsyncDisposable
{
    /// <summary>How long a batch waits for more when nothing new is to come but messages may still be under way to it.</summary>
    private static readonly TimeSpan HurriedPeriod = TimeSpan.FromMilliseconds(5);

    private readonly OutputSlot slot;
    private readonly BatchRule rule;
    private readonly ProcessorChain processors;
    private readonly TimeProvider clock;
    private readonly CancellationToken hurry;
    private readonly SemaphoreSlim turn = new(1);
    private readonly CancellationTokenRegistration hurrying;
    private readonly List<Delivery> sources = [];
    private readonly ITimer timer;
    private CancellationToken writes;

    public OutputBatcher(OutputSlot slot, BatchRule rule, ProcessorChain processors, RunServices services)
    {
        this.slot = slot;
        this.rule = rule;
        this.processors = processors;
        clock = services.Clock;
        hurry = services.Hurry;
        timer = clock.CreateTimer(_ => _ = CloseByTimeAsync(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        hurrying = hurry.Register(() => timer.Change(HurriedPeriod, Timeout.InfiniteTimeSpan));
    }

    /// <summary>Returns when the messages have their place in a batch.</summary>
    public async ValueTask AddAsync(Delivery delivery, Batch current, CancellationToken cancellation)
    {
        await turn.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            writes = cancellation;
            if (current.Count == 1)
            {
                await AddOneAsync(delivery, current[0], cancellation).ConfigureAwait(false);
                return;
            }

            // Batches are cut anew, however the messages arrived.
            foreach (Delivery part in Join.Split(delivery, [.. current.Select(m => new Batch(m))]))
            {
                await AddOneAsync(part, part.Messages[0], cancellation).ConfigureAwait(false);
            }
        }
        finally
        {
            turn.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await hurrying.DisposeAsync().ConfigureAwait(false);
        await timer.DisposeAsync().ConfigureAwait(false);
        await processors.DisposeAsync().ConfigureAwait(false);
    }

    private async ValueTask AddOneAsync(Delivery delivery, Message message, CancellationToken cancellation)
    {
        sources.Add(delivery);
        if (rule.Add(message) is { } mechanism)
        {
            await CloseAsync(mechanism, cancellation).ConfigureAwait(false);
        }
        else if (rule.Count == 1)
        {
            TimeSpan? period = hurry.IsCancellationRequested ? HurriedPeriod : rule.Period;
            if (period is { } left)
            {
                timer.Change(left, Timeout.InfiniteTimeSpan);
            }
        }
    }

    private async Task CloseByTimeAsync()
    {
        try
        {
            await turn.WaitAsync(writes).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            return;
        }

        try
        {
            await CloseAsync("period", writes).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // The run was cut off: what is not settled is delivered again by the source.
        }
        finally
        {
            turn.Release();
        }
    }

    private async ValueTask CloseAsync(string mechanism, CancellationToken cancellation)
    {
        if (sources.Count == 0)
        {
            return;
        }

        timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        Batch batch = rule.Close(mechanism);
        Delivery merged = Merge.Of([.. sources], batch);
        sources.Clear();
        await slot.EnterGateAsync(cancellation).ConfigureAwait(false);
        _ = ProcessAndWriteAsync(merged, batch, cancellation);
    }

    /// <summary>Called within the gate, which it leaves.</summary>
    internal async Task ProcessAndWriteAsync(Delivery merged, Batch batch, CancellationToken cancellation)
    {
        // A policy without processors hands the batch on as it is, at once.
        Batch? made = processors.IsEmpty ? batch : (await processors.RunAsync(batch, cancellation).ConfigureAwait(false)).Joined();
        await slot.WriteThroughGateAsync(merged, made ?? new Batch(), cancellation).ConfigureAwait(false);
    }
}
