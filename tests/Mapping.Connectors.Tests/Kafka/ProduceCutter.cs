using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace Mapping.Connectors.Tests.Kafka;

/// <summary>When a connection is reset.</summary>
public enum Cut
{
    /// <summary>The broker has half of a request.</summary>
    WithinRequest,

    /// <summary>The broker has done what was asked, and the client does not learn of it.</summary>
    BeforeAnswer,
}

/// <summary>Stands between clients and a broker on loopback, and resets connections in the middle of a produce.</summary>
internal sealed class ProduceCutter : IAsyncDisposable
{
    private const short Produce = 0;

    private readonly LoopbackListener listener;
    private readonly int broker;
    private readonly Cut cut;
    private int left;
    private int done;

    /// <param name="broker">Its port.</param>
    /// <param name="cut">When.</param>
    public ProduceCutter(int broker, Cut cut)
    {
        this.broker = broker;
        this.cut = cut;
        listener = new LoopbackListener((client, cancellation) => new Connection(this, client).ServeAsync(cancellation));
    }

    public int Port => listener.Port;

    /// <summary>Connections that were reset.</summary>
    public int Done => Volatile.Read(ref done);

    /// <summary>How many of the next requests are cut.</summary>
    public void Arm(int times) => Volatile.Write(ref left, times);

    public ValueTask DisposeAsync() => listener.DisposeAsync();

    /// <summary>One client; requests and answers are passed on one by one.</summary>
    private sealed class Connection(ProduceCutter owner, Socket client)
    {
        private int doomed = -1;

        public async Task ServeAsync(CancellationToken cancellation)
        {
            using var server = new Socket(SocketType.Stream, ProtocolType.Tcp);
            using CancellationTokenRegistration closing = cancellation.Register(() =>
            {
                client.Dispose();
                server.Dispose();
            });
            try
            {
                await server.ConnectAsync(IPAddress.Loopback, owner.broker, cancellation);
                await Task.WhenAny(RequestsAsync(server), AnswersAsync(server));
            }
            catch (Exception error) when (error is SocketException or ObjectDisposedException or OperationCanceledException)
            {
                // The broker does not take it.
            }

            client.Dispose();
        }

        private async Task RequestsAsync(Socket server)
        {
            while (await KafkaFrame.ReadAsync(client) is { } request)
            {
                bool isCut = BinaryPrimitives.ReadInt16BigEndian(request.AsSpan(4)) == Produce && Interlocked.Decrement(ref owner.left) >= 0;
                if (isCut && owner.cut == Cut.WithinRequest)
                {
                    await server.SendAsync(request.AsMemory(0, request.Length / 2));
                    Reset();
                    return;
                }

                doomed = isCut ? BinaryPrimitives.ReadInt32BigEndian(request.AsSpan(8)) : doomed;
                await server.SendAsync(request);
            }
        }

        private async Task AnswersAsync(Socket server)
        {
            while (await KafkaFrame.ReadAsync(server) is { } answer)
            {
                if (BinaryPrimitives.ReadInt32BigEndian(answer.AsSpan(4)) == doomed)
                {
                    Reset();
                    return;
                }

                await client.SendAsync(answer);
            }
        }

        private void Reset()
        {
            client.LingerState = new LingerOption(true, 0);
            client.Close();
            Interlocked.Increment(ref owner.done);
        }
    }
}
