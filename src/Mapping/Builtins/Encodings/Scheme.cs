using Mapping.Functions;
using Mapping.Values;

namespace Mapping.Builtins.Encodings;

/// <summary>A way to write bytes as text. Stateless.</summary>
internal abstract class Scheme
{
    public Value Encode(EvaluationContext context, ReadOnlySpan<byte> source)
    {
        long most = MostEncoded(source.Length);
        if (!context.TryGrow(most, out Value exceeded))
        {
            return exceeded;
        }

        Span<byte> room = context.Arena.AllocateQuoted((int)most, out byte[] owner, out int offset);
        if (!TryEncode(source, room, out int written, out string? error))
        {
            return Value.Fail(error!);
        }

        owner[offset + written] = (byte)'"';
        return Value.FromUtf8(owner, offset, written, IsPlain);
    }

    public Value Decode(EvaluationContext context, ReadOnlySpan<byte> source)
    {
        long most = MostDecoded(source.Length);
        if (!context.TryGrow(most, out Value exceeded))
        {
            return exceeded;
        }

        Span<byte> room = context.Arena.Allocate((int)most, out byte[] owner, out int offset);
        return TryDecode(source, room, out int written, out string? error) ? Value.FromBytes(owner, offset, written) : Value.Fail(error!);
    }

    /// <summary>The encoded text never needs an escape in JSON.</summary>
    protected virtual bool IsPlain => false;

    protected abstract long MostEncoded(int length);

    protected abstract long MostDecoded(int length);

    protected abstract bool TryEncode(ReadOnlySpan<byte> source, Span<byte> target, out int written, out string? error);

    protected abstract bool TryDecode(ReadOnlySpan<byte> source, Span<byte> target, out int written, out string? error);
}
