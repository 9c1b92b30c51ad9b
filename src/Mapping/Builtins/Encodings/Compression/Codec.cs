using System.Buffers;
using Mapping.Functions;
using Mapping.Values;

namespace Mapping.Builtins.Encodings.Compression;

/// <summary>A way to make data smaller. Stateless.</summary>
internal abstract class Codec
{
    private const int Step = 32 * 1024;

    public Value Compress(EvaluationContext context, Value source, long level)
    {
        try
        {
            return Deflate(context, source.AsMemory(), level);
        }
        catch (Exception e) when (IsOfTheData(e))
        {
            return Value.Fail(e.Message);
        }
    }

    public Value Decompress(EvaluationContext context, Value source)
    {
        try
        {
            return Inflate(context, source.AsMemory());
        }
        catch (Exception e) when (IsOfTheData(e))
        {
            return Value.Fail(e.Message);
        }
    }

    protected abstract Value Deflate(EvaluationContext context, ReadOnlyMemory<byte> source, long level);

    protected abstract Value Inflate(EvaluationContext context, ReadOnlyMemory<byte> source);

    /// <summary>Reads all that is in a stream into the scratch buffer, stopping when it grows too large.</summary>
    protected static bool TryDrain(EvaluationContext context, Stream stream, out ArrayBufferWriter<byte> output, out Value exceeded)
    {
        output = context.Scratch();
        while (true)
        {
            int read = stream.Read(output.GetSpan(Step));
            if (read <= 0)
            {
                exceeded = default;
                return true;
            }

            output.Advance(read);
            if (!context.TryGrow(output.WrittenCount, out exceeded))
            {
                return false;
            }
        }
    }

    // The decoders report broken data by exceptions of many kinds, and some by running out of their tables.
    private static bool IsOfTheData(Exception e) => e is not OutOfMemoryException;
}
