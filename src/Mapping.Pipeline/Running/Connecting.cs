using Mapping.Pipeline.Contracts;
using Mapping.Pipeline.Messages;

namespace Mapping.Pipeline.Running;

/// <summary>
/// Tries to connect until it succeeds, with pauses that grow from 100 ms to 1 s; to 30 s where the other side refuses, as it does a wrong
/// password: that passes only when somebody mends it, and some lock who tries too often.
/// </summary>
#pragma warning disable CA1001 // A semaphore whose wait handle nobody asks for holds nothing that must be freed.
internal sealed class Connecting
#pragma warning restore CA1001
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPauseWhenRefused = TimeSpan.FromSeconds(30);

    private readonly ComponentContext context;
    private readonly Func<CancellationToken, ValueTask> connect;
    private readonly ICounter made;
    private readonly ICounter failed;
    private readonly ICounter lost;
    private readonly SemaphoreSlim gate = new(1);
    private readonly Lock state = new();
    private volatile bool isConnected;
    private volatile bool wasTried;
    private volatile int generation;

    public Connecting(ComponentContext context, Func<CancellationToken, ValueTask> connect)
    {
        this.context = context;
        this.connect = connect;
        string prefix = context.Plan.Kind.Word() + "_connection_";
        made = context.Metrics.Counter(prefix + "up");
        failed = context.Metrics.Counter(prefix + "failed");
        lost = context.Metrics.Counter(prefix + "lost");
    }

    /// <summary>Why the last attempt failed; null while all is well.</summary>
    public string? Problem { get; private set; }

    public bool IsConnected => isConnected;

    public bool WasTried => wasTried;

    /// <summary>Which of the connections made so far is the last; whoever may lose it remembers it before the use.</summary>
    public int Generation => generation;

    public ConnectionStatus Status => new(context.Plan.Label ?? string.Empty, context.Plan.Path, isConnected, Problem);

    /// <summary>The connection is gone: the next use makes it again.</summary>
    /// <param name="reason">Why.</param>
    /// <param name="used">The <see cref="Generation"/> that failed: news of an older connection than the present one come too late.</param>
    public void Lost(string reason, int used)
    {
        lock (state)
        {
            if (!isConnected || used != generation)
            {
                return;
            }

            isConnected = false;
            Problem = reason;
        }

        lost.Add();
        context.Log.Write(LogLevel.Error, $"the connection is lost: {reason}");
    }

    public ValueTask EnsureAsync(CancellationToken cancellation) => isConnected ? ValueTask.CompletedTask : ConnectAsync(cancellation);

    private async ValueTask ConnectAsync(CancellationToken cancellation)
    {
        wasTried = true;
        await gate.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            TimeSpan pause = FirstPause;
            while (!isConnected)
            {
                try
                {
                    await connect(cancellation).ConfigureAwait(false);
                    lock (state)
                    {
                        generation++;
                        isConnected = true;
                        Problem = null;
                    }

                    made.Add();
                }
                catch (StartException error)
                {
                    throw new ComponentStartException(context.Plan, error);
                }
#pragma warning disable CA1031 // Whatever stands in the way of a connection may pass.
                catch (Exception error) when (error is not OperationCanceledException)
#pragma warning restore CA1031
                {
                    Problem = error.Message;
                    failed.Add();
                    context.Log.Write(LogLevel.Error, $"cannot connect: {error.Message}");
                    await Task.Delay(pause, context.Clock, cancellation).ConfigureAwait(false);
                    TimeSpan longest = FailureKinds.Of(error) == FailureKind.Permanent ? LongestPauseWhenRefused : LongestPause;
                    pause = pause * 2 < longest ? pause * 2 : longest;
                }
            }
        }
        finally
        {
            gate.Release();
        }
    }
}
