using System.Threading.Channels;
using Mapping.Pipeline.Contracts;
using Mapping.Pipeline.Messages;

namespace Mapping.Pipeline.Running;

/// <summary>Hand-overs between outputs and inputs of one process: a sender waits until its messages are written at the other end.</summary>
internal sealed class InternalChannels : IInternalChannels
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, Exchange> exchanges = [];

    public async ValueTask SendAsync(string name, Batch batch, CancellationToken cancellation)
    {
        var done = new TaskCompletionSource<Rejection?>(TaskCreationOptions.RunContinuationsAsynchronously);
        var delivery = Delivery.To(batch.Copy(), rejection =>
        {
            done.TrySetResult(rejection);
            return ValueTask.CompletedTask;
        });
        await Of(name).Channel.Writer.WriteAsync(delivery, cancellation).ConfigureAwait(false);
        if (await done.Task.WaitAsync(cancellation).ConfigureAwait(false) is { } rejection)
        {
            throw rejection.ToException();
        }
    }

    public async ValueTask<Delivery?> ReceiveAsync(string name, CancellationToken cancellation)
    {
        ChannelReader<Delivery> reader = Of(name).Channel.Reader;
        return await reader.WaitToReadAsync(cancellation).ConfigureAwait(false) && reader.TryRead(out Delivery? delivery) ? delivery
            : reader.Completion.IsCompleted ? null
            : await ReceiveAsync(name, cancellation).ConfigureAwait(false);
    }

    public IDisposable Open(string name)
    {
        lock (gate)
        {
            Exchange exchange = Of(name);
            exchange.Senders++;
            return new Sender(this, exchange);
        }
    }

    private Exchange Of(string name)
    {
        lock (gate)
        {
            if (!exchanges.TryGetValue(name, out Exchange? exchange))
            {
                exchanges[name] = exchange = new Exchange();
            }

            return exchange;
        }
    }

    private void Close(Exchange exchange)
    {
        lock (gate)
        {
            if (--exchange.Senders == 0)
            {
                exchange.Channel.Writer.TryComplete();
            }
        }
    }

    private sealed class Exchange
    {
        public Channel<Delivery> Channel { get; } = System.Threading.Channels.Channel.CreateBounded<Delivery>(1);

        public int Senders { get; set; }
    }

    private sealed class Sender(InternalChannels channels, Exchange exchange) : IDisposable
    {
        private int isClosed;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref isClosed, 1) == 0)
            {
                channels.Close(exchange);
            }
        }
    }
}
