using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Mapping.Pipeline.Graph;

namespace Mapping.Pipeline.Service;

/// <summary>Sockets that listen, so that callers may connect, before there is a server to answer them.</summary>
internal sealed class ListeningSockets : IDisposable
{
    private const int MostWaiting = 512;

    private readonly Dictionary<EndPoint, Socket> sockets = [];
    private readonly ListenAddress address;

    /// <exception cref="SocketException">It cannot listen there.</exception>
    public ListeningSockets(ListenAddress address)
    {
        this.address = address;
        try
        {
            if (address.Host is { } host)
            {
                Listen(host);
            }
            else if (address.Port == 0)
            {
                // Two addresses cannot share a port that is not known yet.
                Listen(IPAddress.Loopback);
            }
            else
            {
                ListenLocally();
            }
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public IEnumerable<IPEndPoint> EndPoints => sockets.Keys.Cast<IPEndPoint>();

    /// <summary>As in <c>127.0.0.1:4195</c>.</summary>
    public string Authority => address is { Host: null, Port: > 0 }
        ? string.Create(CultureInfo.InvariantCulture, $"localhost:{address.Port}")
        : EndPoints.First().ToString();

    public Socket At(EndPoint endPoint) => sockets[endPoint];

    /// <summary>Waits for somebody to connect; false when nobody did.</summary>
    /// <exception cref="SocketException">They were closed meanwhile.</exception>
    /// <exception cref="ObjectDisposedException">They were closed before.</exception>
    public bool IsCalledWithin(TimeSpan time)
    {
        List<Socket> called = [.. sockets.Values];
        Socket.Select(called, null, null, time);
        return called.Count > 0;
    }

    public void Dispose()
    {
        foreach (Socket socket in sockets.Values)
        {
            socket.Dispose();
        }
    }

    /// <summary>One kind of address is enough, but nobody else may have the port at the other.</summary>
    private void ListenLocally()
    {
        SocketException? problem = null;
        foreach (IPAddress host in (ReadOnlySpan<IPAddress>)[IPAddress.Loopback, IPAddress.IPv6Loopback])
        {
            try
            {
                Listen(host);
            }
            catch (SocketException error) when (error.SocketErrorCode != SocketError.AddressAlreadyInUse)
            {
                problem = error;
            }
        }

        if (sockets.Count == 0)
        {
            throw problem!;
        }
    }

    private void Listen(IPAddress host)
    {
        var socket = new Socket(host.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            if (host.Equals(IPAddress.IPv6Any))
            {
                socket.DualMode = true;
            }

            socket.Bind(new IPEndPoint(host, address.Port));
            socket.Listen(MostWaiting);
            sockets.Add(socket.LocalEndPoint!, socket);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
