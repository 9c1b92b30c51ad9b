using Mapping.Pipeline.Messages;

namespace Mapping.Pipeline.Contracts;

/// <summary>A store between the input and the processors. Only a durable one may settle a delivery before its messages are written.</summary>
internal interface IBuffer : IAsyncDisposable
{
    /// <summary>What is stored survives a crash: a stop leaves it for the next run, instead of waiting until all of it is written.</summary>
    bool IsDurable => false;

    /// <summary>Messages that are acknowledged and not written, and gone when the process ends now. Always 0 where it is durable.</summary>
    long LostCount => 0;

    /// <summary>Run on what is read.</summary>
    IReadOnlyList<ComponentPlan<IProcessor>> Processors => [];

    /// <summary>How messages are grouped when they are read; null when they come as they were stored.</summary>
    BatchPolicy? Batching => null;

    /// <summary>Makes what an earlier run left readable.</summary>
    /// <exception cref="StartException">It can never succeed: the pipeline does not start.</exception>
    ValueTask ConnectAsync(CancellationToken cancellation) => ValueTask.CompletedTask;

    /// <summary>Takes a delivery over and settles it when its messages are safe. Waits while the buffer is full.</summary>
    ValueTask WriteAsync(Delivery delivery, CancellationToken cancellation);

    /// <summary>No more deliveries come: reading ends when the buffer is empty.</summary>
    void Complete();

    /// <summary>
    /// The next messages, or null after <see cref="Complete"/> when none are left. What was read and is not settled with success is kept;
    /// the engine delivers rejected messages again itself.
    /// </summary>
    ValueTask<Delivery?> ReadAsync(CancellationToken cancellation);
}
