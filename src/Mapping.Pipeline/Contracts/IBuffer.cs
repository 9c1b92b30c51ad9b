using Mapping.Pipeline.Messages;

namespace Mapping.Pipeline.Contracts;

/// <summary>A store between the input and the processors. Only a durable one may settle a delivery before its messages are written.</summary>
internal interface IBuffer : IAsyncDisposable
{
    /// <summary>Makes what an earlier run left readable.</summary>
    ValueTask ConnectAsync(CancellationToken cancellation) => ValueTask.CompletedTask;

    /// <summary>Takes a delivery over and settles it when its messages are safe. Waits while the buffer is full.</summary>
    ValueTask WriteAsync(Delivery delivery, CancellationToken cancellation);

    /// <summary>No more deliveries come: reading ends when the buffer is empty.</summary>
    void Complete();

    /// <summary>The next messages, or null after <see cref="Complete"/> when none are left.</summary>
    ValueTask<Delivery?> ReadAsync(CancellationToken cancellation);
}
