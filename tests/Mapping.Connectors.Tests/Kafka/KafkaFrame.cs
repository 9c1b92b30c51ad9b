using System.Buffers.Binary;
using System.Net.Sockets;

namespace Mapping.Connectors.Tests.Kafka;

/// <summary>Requests and answers on the wire of Kafka: four bytes of length, and what they say.</summary>
internal static class KafkaFrame
{
    private const int LengthSize = 4;

    /// <summary>With its length in front; null when the other side has closed the connection.</summary>
    public static async Task<byte[]?> ReadAsync(Socket socket)
    {
        var length = new byte[LengthSize];
        if (!await FillAsync(socket, length))
        {
            return null;
        }

        var frame = new byte[LengthSize + BinaryPrimitives.ReadInt32BigEndian(length)];
        length.CopyTo(frame, 0);
        return await FillAsync(socket, frame.AsMemory(LengthSize)) ? frame : null;
    }

    /// <summary>An answer.</summary>
    /// <param name="request">Whose number it bears.</param>
    /// <param name="body">What comes behind the number.</param>
    public static byte[] Answer(byte[] request, ReadOnlySpan<byte> body)
    {
        const int header = 4;
        var frame = new byte[LengthSize + header + body.Length];
        BinaryPrimitives.WriteInt32BigEndian(frame, header + body.Length);
        request.AsSpan(8, header).CopyTo(frame.AsSpan(LengthSize));
        body.CopyTo(frame.AsSpan(LengthSize + header));
        return frame;
    }

    private static async Task<bool> FillAsync(Socket socket, Memory<byte> target)
    {
        try
        {
            while (target.Length > 0)
            {
                int read = await socket.ReceiveAsync(target);
                if (read == 0)
                {
                    return false;
                }

                target = target[read..];
            }

            return true;
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            return false;
        }
    }
}
