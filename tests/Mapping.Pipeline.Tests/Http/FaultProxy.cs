using System.Net;
using System.Net.Sockets;

namespace Mapping.Pipeline.Tests.Http;

/// <summary>Stands between a client and a server on loopback, and breaks connections.</summary>
internal sealed class FaultProxy : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stop = new();
    private readonly Task accepting;
    private readonly int upstream;
    private int resets;

    /// <param name="upstream">The port of the server.</param>
    /// <param name="resets">How many connections are reset after the request was read, before it is passed on.</param>
    public FaultProxy(int upstream, int resets)
    {
        this.upstream = upstream;
        this.resets = resets;
        listener.Start();
        accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <summary>Connections that were reset.</summary>
    public int Reset { get; private set; }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        listener.Stop();
        await accepting;
        stop.Dispose();
    }

    private static async Task PumpAsync(Socket from, Socket to)
    {
        var block = new byte[32 * 1024];
        try
        {
            for (int read; (read = await from.ReceiveAsync(block)) > 0;)
            {
                await to.SendAsync(block.AsMemory(0, read));
            }

            to.Shutdown(SocketShutdown.Send);
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            // One side is gone; the other will be.
        }
    }

    private async Task AcceptAsync()
    {
        var serving = new List<Task>();
        try
        {
            while (true)
            {
                serving.Add(ServeAsync(await listener.AcceptSocketAsync(stop.Token)));
            }
        }
        catch (OperationCanceledException)
        {
            // The test is over.
        }
    }

    private async Task ServeAsync(Socket client)
    {
        if (Interlocked.Decrement(ref resets) >= 0)
        {
            await client.ReceiveAsync(new byte[1024]);
            client.LingerState = new LingerOption(true, 0);
            client.Close();
            Reset++;
            return;
        }

        using var server = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await server.ConnectAsync(IPAddress.Loopback, upstream);
        await Task.WhenAll(PumpAsync(client, server), PumpAsync(server, client));
        client.Dispose();
    }
}
