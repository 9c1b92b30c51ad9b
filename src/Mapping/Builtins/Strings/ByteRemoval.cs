using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Mapping.Functions;
using Mapping.Values;

namespace Mapping.Builtins.Strings;

/// <summary>Takes a byte out of a text that fits into one vector, where the processor closes the gaps in one instruction.</summary>
internal static class ByteRemoval
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Fits(Value text) =>
        Avx512Vbmi2.VL.IsSupported && text.TextLength <= Vector256<byte>.Count && text.TextOffset + Vector256<byte>.Count <= text.TextOwner.Length;

    /// <summary>The text, which <see cref="Fits"/>, without a byte that is found at some positions.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static Value Remove(EvaluationContext context, Value text, byte removed, ulong found)
    {
        int length = text.TextLength - BitOperations.PopCount(found);
        if (!context.Allows(length))
        {
            return context.TooLarge(length);
        }

        // All of the vector is written, whatever lies behind the text.
        int start = context.Arena.BeginText(Vector256<byte>.Count, out byte[] owner);
        Vector256<byte> bytes = Vector256.LoadUnsafe(ref MemoryMarshal.GetArrayDataReference(text.TextOwner), (uint)text.TextOffset);
        Vector256<byte> kept = ~Vector256.Equals(bytes, Vector256.Create(removed));
        Avx512Vbmi2.VL.Compress(Vector256<byte>.Zero, kept, bytes).StoreUnsafe(ref MemoryMarshal.GetArrayDataReference(owner), (uint)start);
        return text.IsOwnedString
            ? Arena.EndText(owner, start, length, text.IsQuotedText && removed < 0x80)
            : Value.FromBytes(owner, start, length);
    }
}
