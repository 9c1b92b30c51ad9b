using Mapping.Pipeline.Messages;

namespace Mapping.Pipeline.Contracts;

/// <summary>Where messages go.</summary>
internal interface IOutput : IAsyncDisposable
{
    /// <summary>How many writes may be under way at once. With 1 they are made one after another, in order.</summary>
    int MaxInFlight => 1;

    /// <summary>How messages are grouped before they are written; null when they are written as they come.</summary>
    BatchPolicy? Batching => null;

    /// <summary>Puts the trace context, its <c>this</c>, into what is written of a message; null when nothing carries it.</summary>
    CompiledMapping? InjectsTrace => null;

    /// <summary>
    /// Policies by which messages of one key are gathered for it, in a pipeline with keys: those of outputs within it, unless it has one of its
    /// own. The first that is fulfilled hands over what was gathered.
    /// </summary>
    IReadOnlyList<BatchPolicy> Gathering => Batching is { } policy ? [policy] : [];

    /// <summary>
    /// Messages that carry an error are written like any others, because the output routes or drops them. Otherwise the runner refuses
    /// them before they get here.
    /// </summary>
    bool TakesFailed => false;

    /// <summary>It may be given loose messages (<see cref="Batch.IsLoose"/>): writing them at once is as good as one after another.</summary>
    bool TakesLoose => false;

    /// <summary>Called until it succeeds, with growing pauses.</summary>
    /// <exception cref="StartException">It can never succeed: the pipeline does not start.</exception>
    ValueTask ConnectAsync(CancellationToken cancellation) => ValueTask.CompletedTask;

    /// <summary>
    /// Returns when every message is written for good. What is thrown rejects the whole batch; a <see cref="BatchException"/> rejects the
    /// messages it names, the others are done. The messages must not be changed: they may be written again.
    /// </summary>
    /// <exception cref="DisconnectedException">The connection is lost: it is connected again, and the write is repeated.</exception>
    ValueTask WriteAsync(Batch batch, CancellationToken cancellation);
}
