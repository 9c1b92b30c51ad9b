using System.Threading.Channels;
using Mapping.Pipeline.Messages;

namespace Mapping.Pipeline.Components.Http;

/// <summary>Messages of a caller on their way into the pipeline.</summary>
internal sealed class Call(CallQueue queue, Batch messages) : ISettler
{
    private const int Waiting = 0;
    private const int InPipeline = 1;
    private const int GivenUp = 2;

    private readonly TaskCompletionSource taken = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<Rejection?> settled = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int state;

    /// <summary>Answers that the pipeline kept for the caller.</summary>
    public ResponseStore Responses { get; } = new();

    /// <summary>Done when the pipeline has the messages; cancelled when it will not take them any more.</summary>
    public Task Taken => taken.Task;

    /// <summary>What became of them.</summary>
    public Task<Rejection?> Settled => settled.Task;

    /// <summary>Null when nobody waits for it any more.</summary>
    public Delivery? Take(bool forgetsResponses)
    {
        if (Interlocked.CompareExchange(ref state, InPipeline, Waiting) != Waiting)
        {
            return null;
        }

        taken.TrySetResult();
        return new Delivery(messages, this, responses: forgetsResponses ? null : Responses);
    }

    /// <summary>The caller does not wait any more. False when the pipeline has the messages already.</summary>
    public bool GiveUp()
    {
        if (Interlocked.CompareExchange(ref state, GivenUp, Waiting) != Waiting)
        {
            return false;
        }

        taken.TrySetCanceled();
        queue.Leave();
        return true;
    }

    public ValueTask SettleAsync(Delivery delivery, Rejection? rejection)
    {
        settled.TrySetResult(rejection);
        queue.Leave();
        return ValueTask.CompletedTask;
    }
}

/// <summary>Calls that wait for the pipeline, and a bound of those under way.</summary>
internal sealed class CallQueue(int mostUnderWay)
{
    private readonly Channel<Call> waiting = Channel.CreateUnbounded<Call>();
    private int underWay;
    private volatile bool isStopped;

    /// <summary>Nothing more is taken.</summary>
    public bool IsStopped => isStopped;

    /// <summary>Claims a place; false when there is none. Who has one adds a call or leaves.</summary>
    public bool TryEnter()
    {
        if (Interlocked.Increment(ref underWay) <= mostUnderWay)
        {
            return true;
        }

        Leave();
        return false;
    }

    public void Leave() => Interlocked.Decrement(ref underWay);

    public Call Add(Batch messages)
    {
        var call = new Call(this, messages);
        waiting.Writer.TryWrite(call);
        if (isStopped)
        {
            call.GiveUp();
        }

        return call;
    }

    /// <summary>The next call that somebody still waits for.</summary>
    public async ValueTask<Delivery> ReadAsync(bool forgetsResponses, CancellationToken cancellation)
    {
        isStopped = false;
        try
        {
            while (true)
            {
                cancellation.ThrowIfCancellationRequested();
                if ((await waiting.Reader.ReadAsync(cancellation).ConfigureAwait(false)).Take(forgetsResponses) is { } delivery)
                {
                    return delivery;
                }
            }
        }
        catch (OperationCanceledException)
        {
            Stop();
            throw;
        }
    }

    /// <summary>What waits is given up; what the pipeline has is still settled.</summary>
    public void Stop()
    {
        isStopped = true;
        while (waiting.Reader.TryRead(out Call? call))
        {
            call.GiveUp();
        }
    }
}
