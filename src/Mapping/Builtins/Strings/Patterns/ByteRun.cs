using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Mapping.Builtins.Strings.Patterns;

/// <summary>A set of ASCII bytes, to skip runs of its members 16 at a time.</summary>
internal readonly struct ByteRun
{
    // By the lower half of a byte: a bit for every upper half with which it is a member.
    private readonly Vector128<byte> members;

    public ByteRun(ReadOnlySpan<byte> bytes)
    {
        Span<byte> bits = stackalloc byte[Vector128<byte>.Count];
        bits.Clear();
        foreach (byte b in bytes)
        {
            bits[b & 15] |= (byte)(1 << (b >> 4));
        }

        members = Vector128.Create(bits);
        IsAny = !bytes.IsEmpty;
    }

    public bool IsAny { get; }

    /// <summary>Whether these are the members.</summary>
    public bool Equals(ReadOnlySpan<byte> bytes) => IsAny && members == new ByteRun(bytes).members;

    public bool Contains(byte b) => b < 0x80 && (members[b & 15] & (1 << (b >> 4))) != 0;

    /// <summary>The first position from <paramref name="at"/> on that holds no member. The text must have 16 bytes or more.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Skip(ref byte text, int at, int length)
    {
        int last = length - Vector128<byte>.Count;
        while (at <= last)
        {
            uint others = Others(Vector128.LoadUnsafe(ref text, (nuint)at));
            if (others != 0)
            {
                return at + BitOperations.TrailingZeroCount(others);
            }

            at += Vector128<byte>.Count;
        }

        uint rest = Others(Vector128.LoadUnsafe(ref text, (nuint)last)) >> (at - last);
        return rest == 0 ? length : at + BitOperations.TrailingZeroCount(rest);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private uint Others(Vector128<byte> text)
    {
        // Beyond ASCII the first look-up gives nothing.
        Vector128<byte> halves = Vector128.ShuffleNative(members, text & Vector128.Create((byte)0x8F));
        Vector128<byte> bit = Vector128.ShuffleNative(Vector128.Create((byte)1, 2, 4, 8, 16, 32, 64, 128, 0, 0, 0, 0, 0, 0, 0, 0), text >>> 4);
        return Vector128.Equals(halves & bit, Vector128<byte>.Zero).ExtractMostSignificantBits();
    }
}
