using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Mapping.Values.Json;

/// <summary>Strings that need no escape and fit into one vector, as most do.</summary>
internal static class ShortText
{
    /// <summary>Looks at the text and writes it, with its quotes, in one go; false, and nothing written, where it takes more than that.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryWrite(byte[] owner, int offset, int length, Utf8Buffer buffer)
    {
        if (length > Vector256<byte>.Count - 1 || offset > owner.Length - Vector256<byte>.Count)
        {
            return false;
        }

        // Asked for first: a vector would not outlive the call that may take.
        ref byte room = ref buffer.Room(Vector256<byte>.Count + 2);
        Vector256<byte> text = Vector256.LoadUnsafe(ref MemoryMarshal.GetArrayDataReference(owner), (nuint)offset);

        // Signed, so that bytes beyond ASCII count as small as well.
        Vector256<byte> special = Vector256.Equals(text, Vector256.Create((byte)'"'))
            | Vector256.Equals(text, Vector256.Create((byte)'\\'))
            | Vector256.LessThan(text.AsSByte(), Vector256.Create((sbyte)0x20)).AsByte();
        if (BitOperations.TrailingZeroCount(special.ExtractMostSignificantBits()) < length)
        {
            return false;
        }

        room = (byte)'"';
        text.StoreUnsafe(ref room, 1);
        Unsafe.Add(ref room, length + 1) = (byte)'"';
        buffer.Claim(length + 2);
        return true;
    }
}
