using System.Numerics;
using Mapping.Functions;
using Mapping.Values;
using ZstdSharp;
using ZstdSharp.Unsafe;

namespace Mapping.Builtins.Encodings.Compression;

internal sealed class ZstdCodec : Codec
{
    private const int Default = 3;

    // The levels above need hundreds of megabytes for a gain that hardly shows.
    private const int Strongest = 19;

    // What the format asks every decoder to allow, whatever the limits are.
    private const int SmallestWindow = 23;
    private const int LargestWindow = 27;

    protected override Value Deflate(EvaluationContext context, ReadOnlyMemory<byte> source, long level)
    {
        using var compressor = new Compressor(level == -1 ? Default : (int)Math.Clamp(level, -5, Strongest));
        Span<byte> compressed = compressor.Wrap(source.Span);
        return context.TryGrow(compressed.Length, out Value exceeded) ? context.Arena.Bytes(compressed) : exceeded;
    }

    protected override Value Inflate(EvaluationContext context, ReadOnlyMemory<byte> source)
    {
        using var reader = new DecompressionStream(new SegmentStream(source), checkEndOfStream: true, leaveOpen: true);

        // A frame says how much memory its window takes; a few bytes must not claim more than a value may have.
        int window = Math.Clamp(BitOperations.Log2((uint)context.Limits.MaxValueBytes), SmallestWindow, LargestWindow);
        reader.SetParameter(ZSTD_dParameter.ZSTD_d_windowLogMax, window);
        try
        {
            return TryDrain(context, reader, out _, out Value exceeded) ? context.FinishBytes() : exceeded;
        }
        catch (ZstdException e) when (e.Code == ZSTD_ErrorCode.ZSTD_error_frameParameter_windowTooLarge)
        {
            return EvaluationContext.Exceeded($"a zstd frame needs more memory than the limit of {context.Limits.MaxValueBytes} bytes allows");
        }
    }
}
