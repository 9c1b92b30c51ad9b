using Mapping.Pipeline.Components;
using Mapping.Pipeline.Contracts;
using Mapping.Pipeline.Graph;

namespace Mapping.Pipeline.Tests.Http;

/// <summary>A rate limit <c>test</c> that makes every second access wait a moment and counts those it grants.</summary>
internal sealed class TestRateLimit : IRateLimit
{
    private int asked;
    private int granted;

    public int Granted => granted;

    public int Asked => asked;

    /// <summary>What it fails with, once.</summary>
    public Exception? Failure { get; set; }

    public ComponentType Type => Component.RateLimit<bool>("test", "A test.", Component.NoFields, (_, _) => this);

    public ValueTask<TimeSpan> AccessAsync(CancellationToken cancellation)
    {
        if (Failure is { } failure)
        {
            Failure = null;
            throw failure;
        }

        if (Interlocked.Increment(ref asked) % 2 == 1)
        {
            return ValueTask.FromResult(TimeSpan.FromMilliseconds(1));
        }

        Interlocked.Increment(ref granted);
        return ValueTask.FromResult(TimeSpan.Zero);
    }
}
