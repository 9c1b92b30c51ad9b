using System.Collections.Concurrent;
using System.Text;
using Mapping.Functions;
using Mapping.Pipeline.Components;
using Mapping.Pipeline.Contracts;
using Mapping.Pipeline.Graph;
using Mapping.Pipeline.Messages;

namespace Mapping.Pipeline.Tests;

/// <summary>An input <c>test</c> that gives out prepared batches and keeps what became of each.</summary>
internal sealed class TestInput(IEnumerable<Func<Batch>> batches) : ISettler
{
    private int read;

    /// <summary>By the position of the delivery, from 0; null is an acknowledgement.</summary>
    public ConcurrentDictionary<long, Rejection?> Outcomes { get; } = new();

    public bool ReplaysRejected { get; init; }

    public bool AcknowledgesEarly { get; init; }

    /// <summary>Asked when something was rejected.</summary>
    public Func<bool> GaveUp { get; init; } = static () => false;

    public bool IsAbandoned => GaveUp();

    /// <summary>Deliveries given out.</summary>
    public int Read => Volatile.Read(ref read);

    /// <summary>After the last batch it waits for this, and ends then.</summary>
    public Task Ends { get; init; } = Task.CompletedTask;

    /// <summary>After the last batch it waits for the stop, instead of ending.</summary>
    public bool NeverEnds { get; init; }

    public ComponentType Type => Component.Input<bool>("test", "A test.", Component.NoFields, (_, _) => new Input(this, batches.GetEnumerator()));

    public static TestInput Of(params string[] bodies) => new(bodies.Select(body => (Func<Batch>)(() => new Batch(Message(body)))));

    public static Message Message(string body) => new(Encoding.UTF8.GetBytes(body));

    public ValueTask SettleAsync(Delivery delivery, Rejection? rejection)
    {
        Assert.True(Outcomes.TryAdd(delivery.Position, rejection));
        return ValueTask.CompletedTask;
    }

    private sealed class Input(TestInput owner, IEnumerator<Func<Batch>> batches) : IInput
    {
        public bool ReplaysRejected => owner.ReplaysRejected;

        public bool AcknowledgesEarly => owner.AcknowledgesEarly;

        public async ValueTask<Delivery?> ReadAsync(CancellationToken cancellation)
        {
            cancellation.ThrowIfCancellationRequested();
            if (batches.MoveNext())
            {
                return new Delivery(batches.Current(), owner, Interlocked.Increment(ref owner.read) - 1);
            }

            if (owner.NeverEnds)
            {
                await Task.Delay(Timeout.Infinite, cancellation);
            }

            await owner.Ends.WaitAsync(cancellation);
            return null;
        }

        public ValueTask DisposeAsync()
        {
            batches.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
