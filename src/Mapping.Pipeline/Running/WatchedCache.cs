using Mapping.Pipeline.Contracts;

namespace Mapping.Pipeline.Running;

/// <summary>A cache whose calls are counted and timed.</summary>
internal sealed class WatchedCache(ICache inner, ComponentContext context) : ICache
{
    private readonly Watch get = new(context, "get");
    private readonly Watch set = new(context, "set");
    private readonly Watch add = new(context, "add");
    private readonly Watch delete = new(context, "delete");
    private readonly ICounter missing = context.Metrics.Counter("cache_not_found", ("operation", "get"));
    private readonly ICounter duplicate = context.Metrics.Counter("cache_duplicate", ("operation", "add"));

    public async ValueTask<ReadOnlyMemory<byte>?> GetAsync(string key, CancellationToken cancellation)
    {
        ReadOnlyMemory<byte>? value = await get.RunAsync(inner.GetAsync(key, cancellation)).ConfigureAwait(false);
        (value is null ? missing : get.Success).Add();
        return value;
    }

    public async ValueTask SetAsync(string key, ReadOnlyMemory<byte> value, TimeSpan? lifetime, CancellationToken cancellation)
    {
        await set.RunAsync(DoneAsync(inner.SetAsync(key, value, lifetime, cancellation))).ConfigureAwait(false);
        set.Success.Add();
    }

    public async ValueTask<bool> AddAsync(string key, ReadOnlyMemory<byte> value, TimeSpan? lifetime, CancellationToken cancellation)
    {
        bool isNew = await add.RunAsync(inner.AddAsync(key, value, lifetime, cancellation)).ConfigureAwait(false);
        (isNew ? add.Success : duplicate).Add();
        return isNew;
    }

    public async ValueTask DeleteAsync(string key, CancellationToken cancellation)
    {
        await delete.RunAsync(DoneAsync(inner.DeleteAsync(key, cancellation))).ConfigureAwait(false);
        delete.Success.Add();
    }

    public ValueTask DisposeAsync() => inner.DisposeAsync();

    private static async ValueTask<bool> DoneAsync(ValueTask call)
    {
        await call.ConfigureAwait(false);
        return true;
    }

    /// <summary>The instruments of one operation.</summary>
    private sealed class Watch(ComponentContext context, string operation)
    {
        private readonly ICounter error = context.Metrics.Counter("cache_error", ("operation", operation));
        private readonly ITiming latency = context.Metrics.Timing("cache_latency_ns", ("operation", operation));

        /// <summary>A key that is missing, or already there, is neither a success nor an error.</summary>
        public ICounter Success { get; } = context.Metrics.Counter("cache_success", ("operation", operation));

        public async ValueTask<T> RunAsync<T>(ValueTask<T> call)
        {
            long start = context.Clock.GetTimestamp();
            try
            {
                return await call.ConfigureAwait(false);
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                error.Add();
                throw;
            }
            finally
            {
                latency.Record(context.Clock.GetElapsedTime(start));
            }
        }
    }
}
