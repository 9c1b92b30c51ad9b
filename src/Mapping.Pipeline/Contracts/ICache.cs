namespace Mapping.Pipeline.Contracts;

/// <summary>A store of values by key, shared by whoever names its label.</summary>
internal interface ICache : IAsyncDisposable
{
    /// <summary>Null when the key is not there.</summary>
    ValueTask<ReadOnlyMemory<byte>?> GetAsync(string key, CancellationToken cancellation);

    /// <param name="key">The key.</param>
    /// <param name="value">The value; may be kept.</param>
    /// <param name="lifetime">Null for the cache's own; caches without expiry ignore it.</param>
    /// <param name="cancellation">Ends the wait.</param>
    ValueTask SetAsync(string key, ReadOnlyMemory<byte> value, TimeSpan? lifetime, CancellationToken cancellation);

    /// <summary>Sets the value unless the key is there; false when it is.</summary>
    ValueTask<bool> AddAsync(string key, ReadOnlyMemory<byte> value, TimeSpan? lifetime, CancellationToken cancellation);

    /// <summary>Removing a key that is not there is no error.</summary>
    ValueTask DeleteAsync(string key, CancellationToken cancellation);

    ValueTask IAsyncDisposable.DisposeAsync() => ValueTask.CompletedTask;
}
