using Mapping.Pipeline.Contracts;

namespace Mapping.Pipeline.Running;

/// <summary>A rate limit whose calls are counted.</summary>
internal sealed class WatchedRateLimit(IRateLimit inner, ComponentContext context) : IRateLimit
{
    private readonly ICounter asked = context.Metrics.Counter("rate_limit_checked");
    private readonly ICounter refused = context.Metrics.Counter("rate_limit_triggered");
    private readonly ICounter failed = context.Metrics.Counter("rate_limit_error");

    public async ValueTask<TimeSpan> AccessAsync(CancellationToken cancellation)
    {
        asked.Add();
        try
        {
            TimeSpan wait = await inner.AccessAsync(cancellation).ConfigureAwait(false);
            if (wait > TimeSpan.Zero)
            {
                refused.Add();
            }

            return wait;
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            failed.Add();
            throw;
        }
    }

    public ValueTask DisposeAsync() => inner.DisposeAsync();
}
