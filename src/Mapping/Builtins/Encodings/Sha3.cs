using System.Buffers.Binary;
using System.Numerics;

namespace Mapping.Builtins.Encodings;

/// <summary>SHA-3 (FIPS 202); the host's own depends on the operating system.</summary>
internal static class Sha3
{
    private const int Lanes = 25;
    private const int Rounds = 24;

    private static ReadOnlySpan<byte> Rotations => [1, 3, 6, 10, 15, 21, 28, 36, 45, 55, 2, 14, 27, 41, 56, 8, 25, 43, 62, 18, 39, 61, 20, 44];

    private static ReadOnlySpan<byte> Positions => [10, 7, 11, 17, 18, 3, 5, 16, 8, 21, 24, 4, 15, 23, 19, 13, 12, 2, 20, 14, 22, 9, 6, 1];

    private static readonly ulong[] RoundConstants = MakeRoundConstants();

    /// <summary>Fills the target, whose length chooses the variant, and gives that length.</summary>
    public static int Hash(ReadOnlySpan<byte> source, Span<byte> target)
    {
        int rate = 200 - (2 * target.Length);
        Span<ulong> state = stackalloc ulong[Lanes];
        Span<byte> block = stackalloc byte[200];
        for (; source.Length >= rate; source = source[rate..])
        {
            Absorb(state, source[..rate]);
        }

        source.CopyTo(block);
        block[source.Length] = 0x06;
        block[rate - 1] |= 0x80;
        Absorb(state, block[..rate]);
        for (int i = 0; i < target.Length / 8; i++)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(target[(i * 8)..], state[i]);
        }

        return target.Length;
    }

    private static void Absorb(Span<ulong> state, ReadOnlySpan<byte> block)
    {
        for (int i = 0; i < block.Length / 8; i++)
        {
            state[i] ^= BinaryPrimitives.ReadUInt64LittleEndian(block[(i * 8)..]);
        }

        Permute(state);
    }

    private static void Permute(Span<ulong> a)
    {
        Span<ulong> c = stackalloc ulong[5];
        foreach (ulong constant in RoundConstants)
        {
            for (int x = 0; x < 5; x++)
            {
                c[x] = a[x] ^ a[x + 5] ^ a[x + 10] ^ a[x + 15] ^ a[x + 20];
            }

            for (int i = 0; i < Lanes; i++)
            {
                a[i] ^= c[(i + 4) % 5] ^ BitOperations.RotateLeft(c[(i + 1) % 5], 1);
            }

            ulong moving = a[1];
            for (int i = 0; i < Positions.Length; i++)
            {
                (a[Positions[i]], moving) = (BitOperations.RotateLeft(moving, Rotations[i]), a[Positions[i]]);
            }

            for (int y = 0; y < Lanes; y += 5)
            {
                a.Slice(y, 5).CopyTo(c);
                for (int x = 0; x < 5; x++)
                {
                    a[y + x] = c[x] ^ (~c[(x + 1) % 5] & c[(x + 2) % 5]);
                }
            }

            a[0] ^= constant;
        }
    }

    /// <summary>Bits of a linear feedback register at the positions 2^j - 1.</summary>
    private static ulong[] MakeRoundConstants()
    {
        var constants = new ulong[Rounds];
        int register = 1;
        for (int round = 0; round < Rounds; round++)
        {
            for (int j = 0; j < 7; j++)
            {
                if ((register & 1) != 0)
                {
                    constants[round] |= 1UL << ((1 << j) - 1);
                }

                register = (register << 1) ^ ((register >> 7) * 0x171);
            }
        }

        return constants;
    }
}
