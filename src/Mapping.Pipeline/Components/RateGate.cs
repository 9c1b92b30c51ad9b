using Mapping.Pipeline.Contracts;

namespace Mapping.Pipeline.Components;

/// <summary>Waits for a shared rate limit; one that fails is asked again after a second.</summary>
internal sealed class RateGate(IComponentContext context, string label)
{
    private static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(1);

    private readonly IRateLimit limit = context.Resources.RateLimit(label);

    /// <summary>Null when no limit is named.</summary>
    public static RateGate? Of(IComponentContext context, string? label) => string.IsNullOrEmpty(label) ? null : new RateGate(context, label);

    /// <summary>Returns when an access is granted.</summary>
    public async ValueTask EnterAsync(CancellationToken cancellation)
    {
        while (true)
        {
            TimeSpan wait;
            try
            {
                wait = await limit.AccessAsync(cancellation).ConfigureAwait(false);
            }
#pragma warning disable CA1031 // Whatever a limiter fails with, the next access may be granted.
            catch (Exception error) when (!cancellation.IsCancellationRequested)
#pragma warning restore CA1031
            {
                context.Log.Write(LogLevel.Error, $"the rate limit \"{label}\" failed, asking again in a second: {error.Message}");
                wait = AfterFailure;
            }

            if (wait <= TimeSpan.Zero)
            {
                return;
            }

            await Task.Delay(wait, context.Clock, cancellation).ConfigureAwait(false);
        }
    }
}
