namespace Mapping.Pipeline.Tests.Service;

/// <summary>Fields of a protobuf message, as they are on the wire.</summary>
internal static class ProtobufFields
{
    /// <summary>Messages, texts and bytes under a path of field numbers.</summary>
    public static IEnumerable<byte[]> At(byte[] message, params int[] path) =>
        path.Length == 0 ? [message] : Read(message).Where(f => f.Number == path[0] && f.Bytes is not null).SelectMany(f => At(f.Bytes!, path[1..]));

    public static string? Text(byte[] message, int number) =>
        Read(message).Where(f => f.Number == number && f.Bytes is not null).Select(f => System.Text.Encoding.UTF8.GetString(f.Bytes!)).FirstOrDefault();

    public static long? Number(byte[] message, int number) => Read(message).Where(f => f.Number == number && f.Bytes is null).Select(f => (long?)f.Value).FirstOrDefault();

    private static IEnumerable<(int Number, byte[]? Bytes, long Value)> Read(byte[] message)
    {
        int at = 0;
        while (at < message.Length)
        {
            long tag = Varint(message, ref at);
            switch (tag & 7)
            {
                case 0:
                    yield return ((int)(tag >> 3), null, Varint(message, ref at));
                    break;
                case 1:
                    yield return ((int)(tag >> 3), null, BitConverter.ToInt64(message, at));
                    at += 8;
                    break;
                case 2:
                    int length = (int)Varint(message, ref at);
                    yield return ((int)(tag >> 3), message[at..(at + length)], 0);
                    at += length;
                    break;
                default:
                    yield return ((int)(tag >> 3), null, BitConverter.ToInt32(message, at));
                    at += 4;
                    break;
            }
        }
    }

    private static long Varint(byte[] message, ref int at)
    {
        long value = 0;
        for (int shift = 0; ; shift += 7)
        {
            byte next = message[at++];
            value |= (long)(next & 0x7f) << shift;
            if (next < 0x80)
            {
                return value;
            }
        }
    }
}
