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

    private const byte Quote = (byte)'"';

    /// <summary>What writing a text may overwrite.</summary>
    public const int Room = 34;

    /// <summary>What writing a key with its colon, a text and a comma may overwrite; a number is shorter than a text.</summary>
    public const int MemberRoom = Room + 2 + Room;

    /// <summary>Writes a key and a colon; false where it takes more than a look at a vector.</summary>
    /// <param name="key">The key.</param>
    /// <param name="place">The first of <see cref="MemberRoom"/> bytes.</param>
    /// <param name="written">How much was written.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryWriteKey(Value key, ref byte place, out int written)
    {
        written = key.TextLength + 3;
        if (!TryLoad(key, out Vector256<byte> content) || !(key.IsQuotedText || NeedsNoEscape(content, key.TextLength)))
        {
            return false;
        }

        place = Quote;
        content.StoreUnsafe(ref place, 1);
        Unsafe.WriteUnaligned(ref Unsafe.Add(ref place, (uint)key.TextLength + 1), (ushort)(Quote | (':' << 8)));
        return true;
    }

    /// <summary>Writes a short value; false where it takes more than a look at a vector.</summary>
    /// <param name="value">The value.</param>
    /// <param name="place">The first of <see cref="Room"/> bytes.</param>
    /// <param name="written">How much was written.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryWrite(Value value, ref byte place, out int written)
    {
        if (!value.OwnsBytes)
        {
            written = TryWriteScalar(value, ref place);
            return written > 0;
        }

        int form = value.StoredForm;
        if (form > Value.QuotedForm)
        {
            written = TryWriteLexical(value, ref place);
            return written > 0;
        }

        written = value.TextLength + 2;
        if (!TryLoad(value, out Vector256<byte> content) || !(form == Value.QuotedForm || NeedsNoEscape(content, value.TextLength)))
        {
            return false;
        }

        place = Quote;
        content.StoreUnsafe(ref place, 1);
        Unsafe.Add(ref place, (uint)value.TextLength + 1) = Quote;
        return true;
    }

    private static int TryWriteLexical(Value value, ref byte place)
    {
        if (!value.IsLexical || !TryLoad(value, out Vector256<byte> digits))
        {
            return 0;
        }

        digits.StoreUnsafe(ref place);
        return value.TextLength;
    }

    /// <summary>Writes a bool, an integer, or a float that is one; gives how much, 0 for others.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int TryWriteScalar(Value value, ref byte place)
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
    private static bool TryLoad(Value text, out Vector256<byte> bytes)
    {
        byte[] owner = text.TextOwner;
        int offset = text.TextOffset;
        if (text.TextLength > Vector256<byte>.Count || offset + Vector256<byte>.Count > owner.Length)
        {
            bytes = default;
            return false;
        }

        bytes = Vector256.LoadUnsafe(ref MemoryMarshal.GetArrayDataReference(owner), (uint)offset);
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool NeedsNoEscape(Vector256<byte> text, int length) => BitOperations.TrailingZeroCount(SpecialBytes(text)) >= length;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint SpecialBytes(Vector256<byte> text)
    {
        // Signed, so that bytes beyond ASCII count as small as well.
        Vector256<byte> special = Vector256.Equals(text, Vector256.Create(Quote))
            | Vector256.Equals(text, Vector256.Create((byte)'\\'))
            | Vector256.LessThan(text.AsSByte(), Vector256.Create((sbyte)0x20)).AsByte();
        return special.ExtractMostSignificantBits();
    }
}
