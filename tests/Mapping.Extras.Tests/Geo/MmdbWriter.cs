using System.Buffers;
using System.Buffers.Binary;
using System.Net;
using System.Text;

namespace Mapping.Extras.Tests.Geo;

/// <summary>Writes small databases in MaxMind's format, version 2.0: a search tree, the data, and the metadata.</summary>
internal sealed class MmdbWriter(string type)
{
    private const int Empty = -1;
    private readonly List<int[]> nodes = [[Empty, Empty]];
    private readonly ArrayBufferWriter<byte> data = new();

    /// <summary>The record for the addresses of a network such as <c>81.2.69.0/24</c>; those of IPv4 live below <c>::/96</c>.</summary>
    public MmdbWriter Add(string network, object record)
    {
        string[] parts = network.Split('/');
        byte[] bytes = IPAddress.Parse(parts[0]).GetAddressBytes();
        int length = int.Parse(parts[1]) + (bytes.Length == 4 ? 96 : 0);
        byte[] path = [.. new byte[16 - bytes.Length], .. bytes];
        int offset = data.WrittenCount;
        Encode(data, record);
        int node = 0;
        for (int bit = 0; bit < length; bit++)
        {
            int side = (path[bit / 8] >> (7 - (bit % 8))) & 1;
            if (bit == length - 1)
            {
                // Data pointers are told from nodes by their sign until the number of nodes is known.
                nodes[node][side] = -2 - offset;
                break;
            }

            if (nodes[node][side] == Empty)
            {
                nodes.Add([Empty, Empty]);
                nodes[node][side] = nodes.Count - 1;
            }

            node = nodes[node][side];
        }

        return this;
    }

    public byte[] ToArray()
    {
        var file = new ArrayBufferWriter<byte>();
        Span<byte> number = stackalloc byte[4];
        foreach (int value in nodes.SelectMany(n => n))
        {
            BinaryPrimitives.WriteInt32BigEndian(number, value == Empty ? nodes.Count : value >= 0 ? value : nodes.Count + 16 + (-2 - value));
            file.Write((ReadOnlySpan<byte>)number[1..]);
        }

        file.Write((ReadOnlySpan<byte>)new byte[16]);
        file.Write(data.WrittenSpan);
        file.Write<byte>([0xAB, 0xCD, 0xEF, .. "MaxMind.com"u8]);
        Encode(file, new Dictionary<string, object>
        {
            ["node_count"] = (uint)nodes.Count,
            ["record_size"] = (ushort)24,
            ["ip_version"] = (ushort)6,
            ["database_type"] = type,
            ["languages"] = new object[] { "en" },
            ["binary_format_major_version"] = (ushort)2,
            ["binary_format_minor_version"] = (ushort)0,
            ["build_epoch"] = 1_700_000_000UL,
            ["description"] = new Dictionary<string, object> { ["en"] = "made for tests" },
        });
        return file.WrittenSpan.ToArray();
    }

    private static void Encode(ArrayBufferWriter<byte> target, object value)
    {
        switch (value)
        {
            case string text:
                byte[] utf8 = Encoding.UTF8.GetBytes(text);
                Head(target, 2, utf8.Length);
                target.Write((ReadOnlySpan<byte>)utf8);
                break;
            case double number:
                Head(target, 3, 8);
                Span<byte> bits = stackalloc byte[8];
                BinaryPrimitives.WriteDoubleBigEndian(bits, number);
                target.Write((ReadOnlySpan<byte>)bits);
                break;
            case ushort number:
                Number(target, 5, number);
                break;
            case uint number:
                Number(target, 6, number);
                break;
            case ulong number:
                Number(target, 9, number);
                break;
            case bool flag:
                Head(target, 14, flag ? 1 : 0);
                break;
            case object[] array:
                Head(target, 11, array.Length);
                Array.ForEach(array, member => Encode(target, member));
                break;
            case Dictionary<string, object> map:
                Head(target, 7, map.Count);
                foreach ((string key, object member) in map)
                {
                    Encode(target, key);
                    Encode(target, member);
                }

                break;
            default:
                throw new ArgumentException($"{value.GetType()} has no form in a database");
        }
    }

    private static void Number(ArrayBufferWriter<byte> target, int kind, ulong number)
    {
        byte[] bytes = BitConverter.GetBytes(number);
        int used = 8 - (System.Numerics.BitOperations.LeadingZeroCount(number) / 8);
        Head(target, kind, used);
        target.Write<byte>([.. bytes[..used].Reverse()]);
    }

    /// <summary>Three bits of type and five of size; types above 7 follow in a byte of their own, sizes of 29 and more as well.</summary>
    private static void Head(ArrayBufferWriter<byte> target, int kind, int size)
    {
        int inlineSize = size < 29 ? size : 29;
        target.Write<byte>([(byte)(((kind > 7 ? 0 : kind) << 5) | inlineSize)]);
        if (kind > 7)
        {
            target.Write<byte>([(byte)(kind - 7)]);
        }

        if (size >= 29)
        {
            target.Write<byte>([(byte)(size - 29)]);
        }
    }
}
