using System.Globalization;
using Mapping.Pipeline.Components;
using Mapping.Pipeline.Contracts;
using Mapping.Pipeline.Graph;
using Mapping.Pipeline.Messages;

namespace Mapping.Pipeline.Tests.Service;

/// <summary>An input <c>endless</c> that counts from 0 for as long as it is read, and delivers again what an earlier reader left open.</summary>
internal sealed class EndlessSource : ISettler
{
    /// <summary>So many are at hand at once.</summary>
    private const int Together = 16;

    private readonly Lock gate = new();
    private readonly Queue<long> left = new();
    private readonly SortedSet<long> open = [];
    private long next;

    /// <summary>Numbers that were given out and are not acknowledged, for the next reader.</summary>
    public IReadOnlyList<long> Left
    {
        get
        {
            lock (gate)
            {
                return [.. left];
            }
        }
    }

    /// <summary>Numbers given out so far are those below.</summary>
    public long Count => Interlocked.Read(ref next);

    public ComponentType Type => Component.Input<bool>("endless", "A test.", Component.NoFields, (_, _) => new Reader(this));

    public ValueTask SettleAsync(Delivery delivery, Rejection? rejection)
    {
        lock (gate)
        {
            Assert.True(open.Remove(delivery.Position));
            if (rejection is not null)
            {
                left.Enqueue(delivery.Position);
            }
        }

        return ValueTask.CompletedTask;
    }

    private Delivery Next()
    {
        lock (gate)
        {
            if (!left.TryDequeue(out long number))
            {
                number = next++;
            }

            open.Add(number);
            return new Delivery(new Batch(TestInput.Message(number.ToString(CultureInfo.InvariantCulture))), this, number);
        }
    }

    private sealed class Reader(EndlessSource owner) : IInput
    {
        private int read;

        public async ValueTask<Delivery?> ReadAsync(CancellationToken cancellation)
        {
            cancellation.ThrowIfCancellationRequested();
            if (++read % Together == 0)
            {
                await Task.Delay(5, cancellation);
            }

            return owner.Next();
        }

        public ValueTask DisposeAsync()
        {
            lock (owner.gate)
            {
                foreach (long number in owner.open)
                {
                    owner.left.Enqueue(number);
                }

                owner.open.Clear();
            }

            return ValueTask.CompletedTask;
        }
    }
}
