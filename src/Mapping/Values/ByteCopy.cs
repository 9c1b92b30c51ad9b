using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Mapping.Values;

/// <summary>Copies between arrays whose bytes behind the copied ones do not matter: most texts are so short that finding out how short costs more.</summary>
internal static class ByteCopy
{
    /// <summary>
    /// Copies a part of an array into another one. A short part is copied as one vector, with whatever lies behind it, where there
    /// is room for that; the caller has yet to write what comes behind it.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Append(byte[] source, int offset, int length, byte[] target, int at)
    {
        if (!TryShort(source, offset, length, target, at))
        {
            CopyLong(source, offset, length, target, at);
        }
    }

    /// <summary>The short way alone; false, and nothing copied, where it does not fit.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryShort(byte[] source, int offset, int length, byte[] target, int at)
    {
        if (length > Vector256<byte>.Count || offset > source.Length - Vector256<byte>.Count || at > target.Length - Vector256<byte>.Count)
        {
            return false;
        }

        Vector256.LoadUnsafe(ref MemoryMarshal.GetArrayDataReference(source), (nuint)offset)
            .StoreUnsafe(ref MemoryMarshal.GetArrayDataReference(target), (nuint)at);
        return true;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void CopyLong(byte[] source, int offset, int length, byte[] target, int at) =>
        source.AsSpan(offset, length).CopyTo(target.AsSpan(at));
}
