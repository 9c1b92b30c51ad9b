using Mapping.Pipeline.Messages;

namespace Mapping.Pipeline.Contracts;

/// <summary>
/// Where messages come from. The runner connects it, reads from one place at a time, and disposes it after every delivery it will
/// still settle is settled.
/// </summary>
internal interface IInput : IAsyncDisposable
{
    /// <summary>Rejected messages are kept in memory and delivered again until they are written. False where the source itself does that.</summary>
    bool ReplaysRejected => true;

    /// <summary>Whoever sent a message is told that it is taken before it is written.</summary>
    bool AcknowledgesEarly => false;

    /// <summary>How messages are grouped on their way in; null when they go on as they are read.</summary>
    BatchPolicy? Batching => null;

    /// <summary>Gives the trace context that a message carries, an object with <c>traceparent</c>; null when it is metadata.</summary>
    CompiledMapping? ExtractsTrace => null;

    /// <summary>The source has no more: what is still to be read are rejected messages, if any.</summary>
    bool IsExhausted => false;

    /// <summary>Called until it succeeds, with growing pauses.</summary>
    /// <exception cref="StartException">It can never succeed: the pipeline does not start.</exception>
    ValueTask ConnectAsync(CancellationToken cancellation) => ValueTask.CompletedTask;

    /// <summary>
    /// The next messages, or null at the end of the input. Completes at once while messages are at hand: the runner then takes many
    /// in one go. Waits no longer than until the token is cancelled, and loses nothing by that.
    /// </summary>
    /// <exception cref="DisconnectedException">The connection is lost: it is connected again.</exception>
    ValueTask<Delivery?> ReadAsync(CancellationToken cancellation);
}
