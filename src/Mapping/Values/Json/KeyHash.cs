using System.Buffers.Binary;
using System.IO.Hashing;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Mapping.Values.Json;

/// <summary>Hashes of object keys: a cheap one for usual objects, a keyed one that cannot be provoked into collisions.</summary>
internal static class KeyHash
{
    private const ulong First = 0x9E3779B97F4A7C15;
    private const ulong Second = 0xC2B2AE3D27D4EB4F;
    private const ulong Third = 0xD6E8FEB86659FD93;

    private static readonly long Seed = BitConverter.ToInt64(Guid.NewGuid().ToByteArray());

    /// <summary>Looks at the length, the first eight and the last eight bytes only.</summary>
    public static uint Of(ReadOnlySpan<byte> key)
    {
        if (key.Length >= 8)
        {
            return Mix(BinaryPrimitives.ReadUInt64LittleEndian(key), BinaryPrimitives.ReadUInt64LittleEndian(key[^8..]), key.Length);
        }

        ulong head = 0;
        if (key.Length >= 4)
        {
            head = BinaryPrimitives.ReadUInt32LittleEndian(key)
                | ((ulong)BinaryPrimitives.ReadUInt32LittleEndian(key[^4..]) << (8 * (key.Length - 4)));
        }
        else
        {
            for (int i = 0; i < key.Length; i++)
            {
                head |= (ulong)key[i] << (8 * i);
            }
        }

        return Mix(head, 0, key.Length);
    }

    /// <summary>The same as <see cref="Of(ReadOnlySpan{byte})"/>; the caller vouches that eight bytes can be read at the key.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe uint OfReadable(byte* key, int length)
    {
        if (!BitConverter.IsLittleEndian)
        {
            return Of(new ReadOnlySpan<byte>(key, length));
        }

        ulong head = Unsafe.ReadUnaligned<ulong>(key);
        return length >= 8
            ? Mix(head, Unsafe.ReadUnaligned<ulong>(key + length - 8), length)
            : Mix(head & ((1UL << (8 * length)) - 1), 0, length);
    }

    /// <summary>Over all bytes, with a seed of the process; for tables that anybody may fill with keys of their choice.</summary>
    public static uint Seeded(ReadOnlySpan<byte> key) => (uint)XxHash3.HashToUInt64(key, Seed);

    /// <summary>Marvin with the seed of the process, over all bytes.</summary>
    public static uint Keyed(ReadOnlySpan<byte> key)
    {
        ReadOnlySpan<char> pairs = MemoryMarshal.Cast<byte, char>(key);
        uint last = (key.Length & 1) == 0 ? 0u : key[^1] + 1u;
        return ((uint)string.GetHashCode(pairs) ^ last) * 0x9E3779B1;
    }

    /// <summary>Neighbouring keys differ in their last bytes, which products carry to the top only: hence the fold before the last one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Mix(ulong head, ulong tail, int length)
    {
        ulong mixed = ((head ^ (ulong)(uint)length) * First) + BitOperations.RotateLeft(tail * Second, 32);
        return (uint)(((mixed ^ (mixed >> 32)) * Third) >> 32);
    }
}
