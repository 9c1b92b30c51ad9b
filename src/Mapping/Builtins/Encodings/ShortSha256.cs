using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Mapping.Builtins.Encodings;

/// <summary>
/// SHA-256 (FIPS 180-4) of a text of one or two blocks: an address, a name, a token. The platform's own spends more than twice
/// as much on setting up for so little; longer texts are left to it.
/// </summary>
internal static class ShortSha256
{
    /// <summary>Two blocks, less the mark and the length at the end.</summary>
    public const int MaxLength = (2 * BlockSize) - TailSize;

    private const int BlockSize = 64;
    private const int TailSize = 9;
    private const int DigestSize = 32;

    private static ReadOnlySpan<uint> Constants =>
    [
        0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
        0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
        0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
        0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
        0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
        0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
        0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
        0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
    ];

    /// <summary>Writes the digest and returns its length.</summary>
    public static int Hash(ReadOnlySpan<byte> source, Span<byte> target)
    {
        Span<byte> blocks = stackalloc byte[2 * BlockSize];
        blocks = blocks[..(source.Length <= BlockSize - TailSize ? BlockSize : 2 * BlockSize)];
        source.CopyTo(blocks);
        blocks[source.Length] = 0x80;
        BinaryPrimitives.WriteUInt64BigEndian(blocks[^8..], (ulong)source.Length * 8);
        Span<uint> state = [0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19];
        for (; !blocks.IsEmpty; blocks = blocks[BlockSize..])
        {
            Compress(blocks, state);
        }

        for (int i = 0; i < state.Length; i++)
        {
            BinaryPrimitives.WriteUInt32BigEndian(target[(4 * i)..], state[i]);
        }

        return DigestSize;
    }

    /// <summary>
    /// The state changes places by name, so that nothing is moved. After every four rounds, four words of a later block of rounds are made,
    /// their constants added.
    /// </summary>
    [SkipLocalsInit]
    private static unsafe void Compress(ReadOnlySpan<byte> block, Span<uint> state)
    {
        uint* words = stackalloc uint[16];
        ref uint constants = ref MemoryMarshal.GetReference(Constants);
        Vector128<uint> x0 = BigEndian(block[..16]), x1 = BigEndian(block[16..32]), x2 = BigEndian(block[32..48]), x3 = BigEndian(block[48..64]);
        (x0 + Vector128.LoadUnsafe(ref constants)).Store(words);
        (x1 + Vector128.LoadUnsafe(ref constants, 4)).Store(words + 4);
        (x2 + Vector128.LoadUnsafe(ref constants, 8)).Store(words + 8);
        (x3 + Vector128.LoadUnsafe(ref constants, 12)).Store(words + 12);
        uint a = state[0], b = state[1], c = state[2], d = state[3], e = state[4], f = state[5], g = state[6], h = state[7];
        for (nuint next = 16; next < 64; next += 16)
        {
            h = First(e, f, g, h, words[0]);
            d += h;
            h += Second(a, b, c);
            g = First(d, e, f, g, words[1]);
            c += g;
            g += Second(h, a, b);
            f = First(c, d, e, f, words[2]);
            b += f;
            f += Second(g, h, a);
            e = First(b, c, d, e, words[3]);
            a += e;
            e += Second(f, g, h);
            x0 = Next(x0, x1, x2, x3);
            (x0 + Vector128.LoadUnsafe(ref constants, next)).Store(words);
            d = First(a, b, c, d, words[4]);
            h += d;
            d += Second(e, f, g);
            c = First(h, a, b, c, words[5]);
            g += c;
            c += Second(d, e, f);
            b = First(g, h, a, b, words[6]);
            f += b;
            b += Second(c, d, e);
            a = First(f, g, h, a, words[7]);
            e += a;
            a += Second(b, c, d);
            x1 = Next(x1, x2, x3, x0);
            (x1 + Vector128.LoadUnsafe(ref constants, next + 4)).Store(words + 4);
            h = First(e, f, g, h, words[8]);
            d += h;
            h += Second(a, b, c);
            g = First(d, e, f, g, words[9]);
            c += g;
            g += Second(h, a, b);
            f = First(c, d, e, f, words[10]);
            b += f;
            f += Second(g, h, a);
            e = First(b, c, d, e, words[11]);
            a += e;
            e += Second(f, g, h);
            x2 = Next(x2, x3, x0, x1);
            (x2 + Vector128.LoadUnsafe(ref constants, next + 8)).Store(words + 8);
            d = First(a, b, c, d, words[12]);
            h += d;
            d += Second(e, f, g);
            c = First(h, a, b, c, words[13]);
            g += c;
            c += Second(d, e, f);
            b = First(g, h, a, b, words[14]);
            f += b;
            b += Second(c, d, e);
            a = First(f, g, h, a, words[15]);
            e += a;
            a += Second(b, c, d);
            x3 = Next(x3, x0, x1, x2);
            (x3 + Vector128.LoadUnsafe(ref constants, next + 12)).Store(words + 12);
        }

        for (uint* end = words + 16; words < end; words += 8)
        {
            h = First(e, f, g, h, words[0]);
            d += h;
            h += Second(a, b, c);
            g = First(d, e, f, g, words[1]);
            c += g;
            g += Second(h, a, b);
            f = First(c, d, e, f, words[2]);
            b += f;
            f += Second(g, h, a);
            e = First(b, c, d, e, words[3]);
            a += e;
            e += Second(f, g, h);
            d = First(a, b, c, d, words[4]);
            h += d;
            d += Second(e, f, g);
            c = First(h, a, b, c, words[5]);
            g += c;
            c += Second(d, e, f);
            b = First(g, h, a, b, words[6]);
            f += b;
            b += Second(c, d, e);
            a = First(f, g, h, a, words[7]);
            e += a;
            a += Second(b, c, d);
        }

        state[0] += a;
        state[1] += b;
        state[2] += c;
        state[3] += d;
        state[4] += e;
        state[5] += f;
        state[6] += g;
        state[7] += h;
    }

    /// <summary>The four words that follow sixteen.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<uint> Next(Vector128<uint> x0, Vector128<uint> x1, Vector128<uint> x2, Vector128<uint> x3)
    {
        Vector128<uint> early = Shifted(x0, x1);
        early = Rotated(early, 7) ^ Rotated(early, 18) ^ (early >>> 3);
        Vector128<uint> words = x0 + early + Shifted(x2, x3);

        // The last two depend on the first two.
        words += Late(Vector128.Shuffle(x3, Vector128.Create(2u, 3, 2, 3))) & Vector128.Create(~0u, ~0u, 0, 0);
        return words + (Late(Vector128.Shuffle(words, Vector128.Create(0u, 1, 0, 1))) & Vector128.Create(0, 0, ~0u, ~0u));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<uint> Late(Vector128<uint> words) => Rotated(words, 17) ^ Rotated(words, 19) ^ (words >>> 10);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<uint> Rotated(Vector128<uint> words, int count) => (words >>> count) | (words << (32 - count));

    /// <summary>The last three words of one and the first of the other.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<uint> Shifted(Vector128<uint> low, Vector128<uint> high) => Ssse3.IsSupported
        ? Ssse3.AlignRight(high.AsByte(), low.AsByte(), 4).AsUInt32()
        : Vector128.Shuffle(low, Vector128.Create(1u, 2, 3, 3)).WithElement(3, high.ToScalar());

    private static Vector128<uint> BigEndian(ReadOnlySpan<byte> bytes) =>
        Vector128.Shuffle(Vector128.Create(bytes), Vector128.Create((byte)3, 2, 1, 0, 7, 6, 5, 4, 11, 10, 9, 8, 15, 14, 13, 12)).AsUInt32();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint First(uint e, uint f, uint g, uint h, uint word) =>
        h + word + (g ^ (e & (f ^ g))) + (BitOperations.RotateRight(e, 6) ^ BitOperations.RotateRight(e, 11) ^ BitOperations.RotateRight(e, 25));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Second(uint a, uint b, uint c) =>
        ((a & b) | (c & (a | b))) + (BitOperations.RotateRight(a, 2) ^ BitOperations.RotateRight(a, 13) ^ BitOperations.RotateRight(a, 22));
}
