using K4os.Compression.LZ4;
using K4os.Compression.LZ4.Streams;
using Mapping.Functions;
using Mapping.Values;

namespace Mapping.Builtins.Encodings.Compression;

/// <summary>The frame format of lz4.</summary>
internal sealed class Lz4Codec : Codec
{
    private const int Strongest = 9;

    protected override Value Deflate(EvaluationContext context, ReadOnlyMemory<byte> source, long level)
    {
        if (level > Strongest)
        {
            return Value.Fail($"invalid compression level {level}: want value up to {Strongest}");
        }

        // The library begins its slower levels at 3.
        LZ4Level chosen = level <= 0 ? LZ4Level.L00_FAST : (LZ4Level)Math.Max(level, (long)LZ4Level.L03_HC);
        using var target = new MemoryStream();
        using (Stream writer = LZ4Stream.Encode(target, new LZ4EncoderSettings { CompressionLevel = chosen, ContentChecksum = true }, leaveOpen: true))
        {
            writer.Write(source.Span);
        }

        return context.TryGrow(target.Length, out Value exceeded)
            ? context.Arena.Bytes(target.GetBuffer().AsSpan(0, (int)target.Length))
            : exceeded;
    }

    protected override Value Inflate(EvaluationContext context, ReadOnlyMemory<byte> source)
    {
        using Stream reader = LZ4Stream.Decode(new SegmentStream(source), leaveOpen: true);
        return TryDrain(context, reader, out _, out Value exceeded) ? context.FinishBytes() : exceeded;
    }
}
