using System.Buffers;
using System.IO.Compression;
using Mapping.Functions;
using Mapping.Values;

namespace Mapping.Builtins.Encodings.Compression;

/// <summary>The family around deflate, by the platform.</summary>
internal abstract class DeflateCodec : Codec
{
    private const int HuffmanOnly = -2;

    /// <summary>What empty data is compressed to; the streams of the platform write nothing at all then.</summary>
    protected abstract ReadOnlySpan<byte> Empty { get; }

    protected override Value Deflate(EvaluationContext context, ReadOnlyMemory<byte> source, long level)
    {
        if (level is < HuffmanOnly or > 9)
        {
            return Value.Fail($"invalid compression level {level}: want value in range [-2, 9]");
        }

        if (source.IsEmpty)
        {
            return context.Arena.Bytes(Empty);
        }

        var options = level == HuffmanOnly
            ? new ZLibCompressionOptions { CompressionStrategy = ZLibCompressionStrategy.HuffmanOnly }
            : new ZLibCompressionOptions { CompressionLevel = (int)level };
        using var target = new MemoryStream();
        using (Stream writer = Writer(target, options))
        {
            writer.Write(source.Span);
        }

        return context.TryGrow(target.Length, out Value exceeded)
            ? context.Arena.Bytes(target.GetBuffer().AsSpan(0, (int)target.Length))
            : exceeded;
    }

    protected override Value Inflate(EvaluationContext context, ReadOnlyMemory<byte> source)
    {
        var input = new SegmentStream(source);
        using Stream reader = Reader(input);
        if (!TryDrain(context, reader, out _, out Value exceeded))
        {
            return exceeded;
        }

        // The platform takes the end of the input for the end of the data, and it asks for more input only before that.
        return input.RanDry ? Value.Fail("unexpected end of the compressed data") : context.FinishBytes();
    }

    protected abstract Stream Writer(Stream target, ZLibCompressionOptions options);

    protected abstract Stream Reader(Stream source);
}

internal sealed class FlateCodec : DeflateCodec
{
    protected override ReadOnlySpan<byte> Empty => [0x03, 0x00];

    protected override Stream Writer(Stream target, ZLibCompressionOptions options) => new DeflateStream(target, options, leaveOpen: true);

    protected override Stream Reader(Stream source) => new DeflateStream(source, CompressionMode.Decompress);
}

internal sealed class ZlibCodec : DeflateCodec
{
    protected override ReadOnlySpan<byte> Empty => [0x78, 0x9C, 0x03, 0x00, 0x00, 0x00, 0x00, 0x01];

    protected override Stream Writer(Stream target, ZLibCompressionOptions options) => new ZLibStream(target, options, leaveOpen: true);

    protected override Stream Reader(Stream source) => new ZLibStream(source, CompressionMode.Decompress);
}

/// <summary>One or more members, each with a checksum.</summary>
internal sealed class GzipCodec : DeflateCodec
{
    private static readonly byte[] Seal = [.. "whole to the end"u8];

    // A member of our own behind the data. It comes out only if every member before it was whole: the platform itself
    // would be silent about data that is cut off or followed by something else.
    private static readonly byte[] SealMember = MakeSealMember();

    protected override ReadOnlySpan<byte> Empty => [0x1F, 0x8B, 0x08, 0, 0, 0, 0, 0, 0, 0xFF, 0x03, 0, 0, 0, 0, 0, 0, 0, 0, 0];

    protected override Value Inflate(EvaluationContext context, ReadOnlyMemory<byte> source)
    {
        if (!source.Span.StartsWith((ReadOnlySpan<byte>)[0x1F, 0x8B]))
        {
            return Value.Fail("gzip: invalid header");
        }

        using Stream reader = Reader(new SegmentStream(source, SealMember));
        if (!TryDrain(context, reader, out ArrayBufferWriter<byte> output, out Value exceeded))
        {
            return exceeded;
        }

        return output.WrittenSpan.EndsWith(Seal)
            ? context.Arena.Bytes(output.WrittenSpan[..^Seal.Length])
            : Value.Fail("unexpected end of the compressed data");
    }

    protected override Stream Writer(Stream target, ZLibCompressionOptions options) => new GZipStream(target, options, leaveOpen: true);

    protected override Stream Reader(Stream source) => new GZipStream(source, CompressionMode.Decompress);

    private static byte[] MakeSealMember()
    {
        var member = new MemoryStream();
        using (var writer = new GZipStream(member, CompressionLevel.NoCompression))
        {
            writer.Write(Seal);
        }

        return member.ToArray();
    }
}
