using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Mapping.Connectors.Tests.Kafka;

/// <summary>
/// Asks clients for user and password before it lets them through to a stand-in broker, which knows no logins itself. It speaks
/// ApiVersions, SaslHandshake and SaslAuthenticate with PLAIN.
/// </summary>
internal sealed class SaslGate : IAsyncDisposable
{
    private const short Handshake = 17;
    private const short ApiVersions = 18;
    private const short Authenticate = 36;
    private const short UnsupportedMechanism = 33;
    private const short AuthenticationFailed = 58;

    private readonly LoopbackListener listener;
    private readonly int broker;
    private int refused;

    /// <param name="broker">The port of the broker behind it.</param>
    public SaslGate(int broker)
    {
        this.broker = broker;
        listener = new LoopbackListener(ServeAsync);
    }

    public int Port => listener.Port;

    /// <summary>The only way to log in.</summary>
    public string Mechanism { get; init; } = "PLAIN";

    /// <summary>What it lets through, as <c>user:password</c>.</summary>
    public volatile string Login = string.Empty;

    /// <summary>Logins that failed.</summary>
    public int Refused => Volatile.Read(ref refused);

    public ValueTask DisposeAsync() => listener.DisposeAsync();

    private async Task ServeAsync(Socket client, CancellationToken cancellation)
    {
        using var server = new Socket(SocketType.Stream, ProtocolType.Tcp);
        using CancellationTokenRegistration closing = cancellation.Register(() =>
        {
            client.Dispose();
            server.Dispose();
        });
        try
        {
            await server.ConnectAsync(IPAddress.Loopback, broker);
            if (await LetsInAsync(client, server))
            {
                await Task.WhenAny(PumpAsync(client, server), PumpAsync(server, client));
            }
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            // One side is gone.
        }

        client.Dispose();
    }

    private async Task<bool> LetsInAsync(Socket client, Socket server)
    {
        while (await KafkaFrame.ReadAsync(client) is { } request)
        {
            switch (BinaryPrimitives.ReadInt16BigEndian(request.AsSpan(4)))
            {
                case ApiVersions:
                    await server.SendAsync(request);
                    byte[]? known = await KafkaFrame.ReadAsync(server);
                    await client.SendAsync(WithSasl(request, known!));
                    break;
                case Handshake:
                    bool isKnown = Encoding.UTF8.GetString(request).EndsWith(Mechanism, StringComparison.Ordinal);
                    await client.SendAsync(KafkaFrame.Answer(request, [.. Short(isKnown ? (short)0 : UnsupportedMechanism), 0, 0, 0, 1, .. Text(Mechanism)]));
                    if (!isKnown)
                    {
                        Interlocked.Increment(ref refused);
                    }

                    break;
                case Authenticate when Encoding.UTF8.GetString(request).EndsWith($"\0{Login.Replace(':', '\0')}", StringComparison.Ordinal):
                    await client.SendAsync(KafkaFrame.Answer(request, [0, 0, 0xFF, 0xFF, 0, 0, 0, 0]));
                    return true;
                default:
                    Interlocked.Increment(ref refused);
                    await client.SendAsync(KafkaFrame.Answer(request, [.. Short(AuthenticationFailed), .. Text("Authentication failed: Invalid username or password"), 0, 0, 0, 0]));
                    return false;
            }
        }

        return false;
    }

    /// <summary>The broker's answer about what it speaks, with the two requests of a login.</summary>
    private static byte[] WithSasl(byte[] request, byte[] answer)
    {
        bool isFlexible = BinaryPrimitives.ReadInt16BigEndian(request.AsSpan(6)) >= 3;
        ReadOnlySpan<byte> body = answer.AsSpan(8);
        if (BinaryPrimitives.ReadInt16BigEndian(body) != 0)
        {
            // It was asked in a version it does not speak; the client asks again.
            return answer;
        }

        byte[] more = [.. Entry(Handshake, 1, isFlexible), .. Entry(Authenticate, 0, isFlexible)];
        if (isFlexible)
        {
            // The count of a compact array is one more than its items, in one byte up to 127.
            Assert.InRange(body[2], 1, 120);
            return KafkaFrame.Answer(request, [0, 0, (byte)(body[2] + 2), .. more, .. body[3..]]);
        }

        int count = BinaryPrimitives.ReadInt32BigEndian(body[2..]);
        var counted = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(counted, count + 2);
        return KafkaFrame.Answer(request, [0, 0, .. counted, .. more, .. body[6..]]);
    }

    private static byte[] Entry(short request, short newest, bool isFlexible) => [.. Short(request), 0, 0, .. Short(newest), .. isFlexible ? [0] : Array.Empty<byte>()];

    private static byte[] Short(short value) => [(byte)(value >> 8), (byte)value];

    private static byte[] Text(string text) => [.. Short((short)text.Length), .. Encoding.UTF8.GetBytes(text)];

    private static async Task PumpAsync(Socket from, Socket to)
    {
        while (await KafkaFrame.ReadAsync(from) is { } frame)
        {
            await to.SendAsync(frame);
        }
    }
}
