using System.Collections.Concurrent;
using System.Text;
using Mapping.Pipeline.Components;
using Mapping.Pipeline.Contracts;
using Mapping.Pipeline.Graph;
using Mapping.Pipeline.Messages;

namespace Mapping.Pipeline.Tests;

/// <summary>An output <c>test</c> whose writes a test decides, and that keeps what was written.</summary>
internal sealed class TestOutput
{
    private int calls;
    private int connections;

    public ConcurrentQueue<string> Written { get; } = new();

    public ConcurrentQueue<string[]> WrittenBatches { get; } = new();

    public int MaxInFlight { get; init; } = 1;

    public BatchPolicy? Batching { get; init; }

    /// <summary>Called before a write with its number from 1; may wait and may throw.</summary>
    public Func<int, Batch, CancellationToken, ValueTask> Before { get; init; } = static (_, _, _) => ValueTask.CompletedTask;

    /// <summary>Called to connect, with the number of the attempt from 1; may throw.</summary>
    public Action<int> Connect { get; init; } = static _ => { };

    public int Calls => calls;

    /// <summary>How often it was connected.</summary>
    public int Connections => connections;

    public ComponentType Type => Component.Output<bool>("test", "A test.", Component.NoFields, (_, _) => new Output(this));

    private sealed class Output(TestOutput owner) : IOutput
    {
        public int MaxInFlight => owner.MaxInFlight;

        public BatchPolicy? Batching => owner.Batching;

        public ValueTask ConnectAsync(CancellationToken cancellation)
        {
            owner.Connect(Interlocked.Increment(ref owner.connections));
            return ValueTask.CompletedTask;
        }

        public async ValueTask WriteAsync(Batch batch, CancellationToken cancellation)
        {
            BatchException? partial = null;
            try
            {
                await owner.Before(Interlocked.Increment(ref owner.calls), batch, cancellation);
            }
            catch (BatchException error) when (error.Failures is not null)
            {
                partial = error;
            }

            string[] texts = [.. batch.Where((_, i) => partial is null || !partial.Failures!.ContainsKey(i)).Select(m => Encoding.UTF8.GetString(m.Body.Span))];
            owner.WrittenBatches.Enqueue(texts);
            foreach (string text in texts)
            {
                owner.Written.Enqueue(text);
            }

            if (partial is not null)
            {
                throw partial;
            }
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
