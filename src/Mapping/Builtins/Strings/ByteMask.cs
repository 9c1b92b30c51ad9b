using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Mapping.Values;

namespace Mapping.Builtins.Strings;

/// <summary>Where a byte occurs in a short text, as one bit for every position: most texts that are split or cut are short.</summary>
internal static class ByteMask
{
    /// <summary>The longest text.</summary>
    public const int MaxLength = 64;

    /// <summary>The positions of a byte in a text of at most <see cref="MaxLength"/> bytes; what lies behind the text may be read.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Of(Value text, byte wanted)
    {
        byte[] owner = text.TextOwner;
        int offset = text.TextOffset;
        int length = text.TextLength;
        if (length > Vector256<byte>.Count || offset > owner.Length - Vector256<byte>.Count)
        {
            return OfAny(text, wanted);
        }

        Vector256<byte> bytes = Vector256.LoadUnsafe(ref MemoryMarshal.GetArrayDataReference(owner), (nuint)offset);
        return Vector256.Equals(bytes, Vector256.Create(wanted)).ExtractMostSignificantBits() & ((1UL << length) - 1);
    }

    /// <summary>The positions of any of three bytes, as those of one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Of(Value text, byte first, byte second, byte third)
    {
        byte[] owner = text.TextOwner;
        int offset = text.TextOffset;
        int length = text.TextLength;
        if (length > Vector256<byte>.Count || offset > owner.Length - Vector256<byte>.Count)
        {
            return OfAny(text, first) | OfAny(text, second) | OfAny(text, third);
        }

        Vector256<byte> bytes = Vector256.LoadUnsafe(ref MemoryMarshal.GetArrayDataReference(owner), (nuint)offset);
        Vector256<byte> found = Vector256.Equals(bytes, Vector256.Create(first))
            | Vector256.Equals(bytes, Vector256.Create(second))
            | Vector256.Equals(bytes, Vector256.Create(third));
        return found.ExtractMostSignificantBits() & ((1UL << length) - 1);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static ulong OfAny(Value text, byte wanted) => Of(text.AsSpan(), wanted);

    /// <summary>The positions of a byte in a text of at most <see cref="MaxLength"/> bytes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Of(ReadOnlySpan<byte> text, byte wanted)
    {
        ref byte first = ref MemoryMarshal.GetReference(text);
        return text.Length >= Vector128<byte>.Count ? OfVectors(ref first, text.Length, wanted) : OfHalves(ref first, text.Length, wanted);
    }

    private static ulong OfVectors(ref byte first, int length, byte wanted)
    {
        // The last vector may overlap the one before it: both find the same.
        Vector128<byte> pattern = Vector128.Create(wanted);
        int last = length - Vector128<byte>.Count;
        ulong mask = (ulong)Vector128.Equals(Vector128.LoadUnsafe(ref first, (nuint)last), pattern).ExtractMostSignificantBits() << last;
        for (int at = 0; at < last; at += Vector128<byte>.Count)
        {
            mask |= (ulong)Vector128.Equals(Vector128.LoadUnsafe(ref first, (nuint)at), pattern).ExtractMostSignificantBits() << at;
        }

        return mask;
    }

    private static ulong OfHalves(ref byte first, int length, byte wanted)
    {
        Vector128<byte> pattern = Vector128.Create(wanted);
        if (length >= 8)
        {
            ulong low = Unsafe.ReadUnaligned<ulong>(ref first);
            ulong high = Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref first, length - 8));
            uint halves = Vector128.Equals(Vector128.Create(low, high).AsByte(), pattern).ExtractMostSignificantBits();
            return (halves & 0xFF) | ((halves >> 8) << (length - 8));
        }

        ulong mask = 0;
        for (int at = 0; at < length; at++)
        {
            mask |= Unsafe.Add(ref first, at) == wanted ? 1UL << at : 0;
        }

        return mask;
    }
}
