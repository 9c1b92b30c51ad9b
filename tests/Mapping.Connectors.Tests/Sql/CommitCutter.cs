using System.Net;
using System.Net.Sockets;

namespace Mapping.Connectors.Tests.Sql;

/// <summary>Stands between client and server. The first commit gets through, and its answer does not: the connection is cut.</summary>
internal sealed class CommitCutter : IDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly int server;
    private int cuts;

    public CommitCutter(int server)
    {
        this.server = server;
        listener.Start();
        _ = AcceptAsync();
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    public int Cuts => Volatile.Read(ref cuts);

    /// <summary>After the cut nobody gets through any more.</summary>
    public bool RefusesAfterCut { get; init; }

    public void Dispose() => listener.Dispose();

    private async Task AcceptAsync()
    {
        while (true)
        {
            TcpClient client;
            try
            {
                client = await listener.AcceptTcpClientAsync();
            }
            catch (Exception error) when (error is SocketException or ObjectDisposedException or InvalidOperationException)
            {
                return;
            }

            if (RefusesAfterCut && Cuts > 0)
            {
                client.Dispose();
                continue;
            }

            _ = RelayAsync(client);
        }
    }

    private async Task RelayAsync(TcpClient client)
    {
        using TcpClient near = client;
        using var far = new TcpClient();
        await far.ConnectAsync(IPAddress.Loopback, server);
        var answers = new Gate();
        Task back = CopyAsync(far.GetStream(), near.GetStream(), answers, isRequest: false);
        Task forth = CopyAsync(near.GetStream(), far.GetStream(), answers, isRequest: true);
        await Task.WhenAny(back, forth);
    }

    /// <summary>Ends when a side closes, or when the answer to the commit would be due.</summary>
    private async Task CopyAsync(NetworkStream from, NetworkStream to, Gate answers, bool isRequest)
    {
        byte[] buffer = new byte[64 * 1024];
        try
        {
            for (int read; (read = await from.ReadAsync(buffer)) > 0;)
            {
                if (isRequest && buffer.AsSpan(0, read).IndexOf("COMMIT\0"u8) >= 0 && Interlocked.CompareExchange(ref cuts, 1, 0) == 0)
                {
                    answers.IsOpen = false;
                }

                if (!isRequest && !answers.IsOpen)
                {
                    return;
                }

                await to.WriteAsync(buffer.AsMemory(0, read));
            }
        }
        catch (Exception error) when (error is IOException or ObjectDisposedException)
        {
            // The other direction ended.
        }
    }

    private sealed class Gate
    {
        private volatile bool isOpen = true;

        public bool IsOpen
        {
            get => isOpen;
            set => isOpen = value;
        }
    }
}
