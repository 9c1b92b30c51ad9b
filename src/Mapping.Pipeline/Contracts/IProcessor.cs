using Mapping.Pipeline.Messages;

namespace Mapping.Pipeline.Contracts;

/// <summary>
/// Changes messages. Used by several workers at once, so its state must bear that. It owns the messages it is given. A message that
/// fails keeps its content and gets an <see cref="Functions.Message.Error"/>; the runner notes who set it, counts and logs it. What is
/// thrown flags every message of the batch.
/// </summary>
internal interface IProcessor : IAsyncDisposable
{
    /// <summary>It may be given loose messages (<see cref="Batch.IsLoose"/>), and never waits for anything while it handles them.</summary>
    bool TakesLoose => false;

    /// <summary>Messages left out of the result were removed on purpose: count them with <see cref="IComponentContext.Dropped"/>.</summary>
    ValueTask<Batches> ProcessAsync(Batch batch, CancellationToken cancellation);

    ValueTask IAsyncDisposable.DisposeAsync() => ValueTask.CompletedTask;
}
