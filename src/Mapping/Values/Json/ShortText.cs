using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Mapping.Values.Json;

/// <summary>Strings that need no escape and fit into one vector, as most do.</summary>
internal static class ShortText
{
    private static readonly ulong TrueText = Unsafe.ReadUnaligned<ulong>(in "true    "u8[0]);
    private static readonly ulong FalseText = Unsafe.ReadUnaligned<ulong>(in "false   "u8[0]);

    /// <summary>What writing a text may overwrite.</summary>
    public const int Room = 34;

    /// <summary>What writing a key with its separator and colon, and a text, may overwrite.</summary>
    public const int MemberRoom = Room + 2 + Room;

    /// <summary>Looks at the text and writes it, with its quotes, in one go; false, and nothing written, where it takes more than that.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryWrite(byte[] owner, int offset, int length, Utf8Buffer buffer)
    {
        if (length > Vector256<byte>.Count || offset > owner.Length - Vector256<byte>.Count)
        {
            return false;
        }

        // Asked for first: a vector would not outlive the call that may take.
        ref byte room = ref buffer.Room(Room);
        Vector256<byte> text = Vector256.LoadUnsafe(ref MemoryMarshal.GetArrayDataReference(owner), (nuint)offset);

        if (BitOperations.TrailingZeroCount(SpecialBytes(text)) < length)
        {
            return false;
        }

        room = (byte)'"';
        text.StoreUnsafe(ref room, 1);
        Unsafe.Add(ref room, length + 1) = (byte)'"';
        buffer.Claim(length + 2);
        return true;
    }

    /// <summary>Writes a separator, a key that has its quotes already, and a colon; gives how much, 0 for other keys.</summary>
    /// <param name="separator">What stands before the key.</param>
    /// <param name="key">The key.</param>
    /// <param name="place">The first of <see cref="MemberRoom"/> bytes.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int TryWriteKey(byte separator, Value key, ref byte place)
    {
        if (!key.IsQuotedText)
        {
            return key.IsNull ? 0 : TryWriteOtherKey(separator, key, ref place);
        }

        byte[] owner = key.TextOwner;
        int start = key.TextOffset - 1;
        int length = key.TextLength + 2;
        if (length > Vector256<byte>.Count || start > owner.Length - Vector256<byte>.Count)
        {
            return 0;
        }

        place = separator;
        Vector256.LoadUnsafe(ref MemoryMarshal.GetArrayDataReference(owner), (nuint)start).StoreUnsafe(ref place, 1);
        Unsafe.Add(ref place, length + 1) = (byte)':';
        return length + 2;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int TryWriteOtherKey(byte separator, Value key, ref byte place)
    {
        int written = TryWrite(key, ref Unsafe.Add(ref place, 1));
        place = separator;
        Unsafe.Add(ref place, written + 1) = (byte)':';
        return written == 0 ? 0 : written + 2;
    }

    /// <summary>Writes a text or lexical number whose JSON text stands in its owner or is its content between quotes; gives how much, 0 for others.</summary>
    /// <param name="value">What it <see cref="Value.OwnsBytes"/> of is to be written.</param>
    /// <param name="place">The first of <see cref="Room"/> bytes.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int TryWrite(Value value, ref byte place)
    {
        byte[] owner = value.TextOwner;
        bool isWritten = value.IsWritten(withStrings: true, out int start, out int length);
        if (length > Vector256<byte>.Count || start > owner.Length - Vector256<byte>.Count)
        {
            return 0;
        }

        Vector256<byte> text = Vector256.LoadUnsafe(ref MemoryMarshal.GetArrayDataReference(owner), (nuint)start);
        if (isWritten)
        {
            text.StoreUnsafe(ref place);
            return length;
        }

        if (!value.IsOwnedString || BitOperations.TrailingZeroCount(SpecialBytes(text)) < length)
        {
            return 0;
        }

        place = (byte)'"';
        text.StoreUnsafe(ref place, 1);
        Unsafe.Add(ref place, length + 1) = (byte)'"';
        return length + 2;
    }

    /// <summary>Writes a bool, an integer, or a float that is one; gives how much, 0 for others.</summary>
    /// <param name="value">No text.</param>
    /// <param name="place">The first of <see cref="Room"/> bytes.</param>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static int TryWriteScalar(Value value, ref byte place)
    {
        if (value.IsFloat64)
        {
            double real = value.AsFloat64();
            return Math.Abs(real) < NumberText.ExactIntegers && (long)real == real && (real != 0 || !double.IsNegative(real))
                ? IntegerText.Write((long)real, ref place)
                : 0;
        }

        if (value.IsInt64)
        {
            return IntegerText.Write(value.AsInt64(), ref place);
        }

        if (!value.IsBool)
        {
            return 0;
        }

        // Eight bytes at once are room enough for either word.
        Unsafe.WriteUnaligned(ref place, value.AsBool() ? TrueText : FalseText);
        return value.AsBool() ? 4 : 5;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint SpecialBytes(Vector256<byte> text)
    {
        // Signed, so that bytes beyond ASCII count as small as well.
        Vector256<byte> special = Vector256.Equals(text, Vector256.Create((byte)'"'))
            | Vector256.Equals(text, Vector256.Create((byte)'\\'))
            | Vector256.LessThan(text.AsSByte(), Vector256.Create((sbyte)0x20)).AsByte();
        return special.ExtractMostSignificantBits();
    }
}
