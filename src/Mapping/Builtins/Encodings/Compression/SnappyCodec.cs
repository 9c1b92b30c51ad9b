using Mapping.Functions;
using Mapping.Values;
using Snappier;

namespace Mapping.Builtins.Encodings.Compression;

/// <summary>The block format of snappy, which has no levels.</summary>
internal sealed class SnappyCodec : Codec
{
    /// <summary>Nothing in the format gives more than 64 bytes for three.</summary>
    private const int MostPerByte = 22;

    protected override Value Deflate(EvaluationContext context, ReadOnlyMemory<byte> source, long level)
    {
        int most = Snappy.GetMaxCompressedLength(source.Length);
        if (!context.TryGrow(most, out Value exceeded))
        {
            return exceeded;
        }

        Span<byte> room = context.Arena.Allocate(most, out byte[] owner, out int offset);
        return Value.FromBytes(owner, offset, Snappy.Compress(source.Span, room));
    }

    protected override Value Inflate(EvaluationContext context, ReadOnlyMemory<byte> source)
    {
        int length = Snappy.GetUncompressedLength(source.Span);
        if (length < 0 || length > (long)source.Length * MostPerByte)
        {
            return Value.Fail("snappy: corrupt input");
        }

        if (!context.TryGrow(length, out Value exceeded))
        {
            return exceeded;
        }

        Span<byte> room = context.Arena.Allocate(length, out byte[] owner, out int offset);
        return Snappy.Decompress(source.Span, room) == length ? Value.FromBytes(owner, offset, length) : Value.Fail("snappy: corrupt input");
    }
}
