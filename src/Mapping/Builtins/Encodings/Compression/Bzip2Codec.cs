using Mapping.Functions;
using Mapping.Values;

namespace Mapping.Builtins.Encodings.Compression;

/// <summary>bzip2, to be read only.</summary>
internal sealed class Bzip2Codec : Codec
{
    protected override Value Deflate(EvaluationContext context, ReadOnlyMemory<byte> source, long level) =>
        Value.Fail("compression type not recognised: bzip2");

    protected override Value Inflate(EvaluationContext context, ReadOnlyMemory<byte> source)
    {
        var reader = new Bzip2Reader(source, context.Scratch());
        while (reader.ReadBlock())
        {
            while (reader.WriteSome())
            {
                if (!context.TryGrow(reader.Written, out Value exceeded))
                {
                    return exceeded;
                }
            }
        }

        return context.FinishBytes();
    }
}
