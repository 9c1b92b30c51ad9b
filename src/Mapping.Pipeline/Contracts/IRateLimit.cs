namespace Mapping.Pipeline.Contracts;

/// <summary>Says when the next access is allowed, to all who name its label together.</summary>
internal interface IRateLimit : IAsyncDisposable
{
    /// <summary>Zero grants an access now; otherwise how long to wait before asking again.</summary>
    ValueTask<TimeSpan> AccessAsync(CancellationToken cancellation);

    ValueTask IAsyncDisposable.DisposeAsync() => ValueTask.CompletedTask;
}
