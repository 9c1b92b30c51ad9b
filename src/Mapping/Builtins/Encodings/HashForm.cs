using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Mapping.Builtins.Encodings;

/// <summary>What tells apart the hashes that take in block after block into a state of a few words.</summary>
internal sealed class HashForm
{
    public const int MaxBlockSize = 128;

    public static readonly HashForm Md5 = new()
    {
        Routine = "MD5_Transform",
        BlockSize = 64,
        Start = Words(0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476),
        WordSize = 4,
    };

    public static readonly HashForm Sha1 = new()
    {
        Routine = "SHA1_Transform",
        BlockSize = 64,
        Start = Words(0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0),
        WordSize = 4,
        IsBigEndian = true,
    };

    public static readonly HashForm Sha256 = new()
    {
        Routine = "SHA256_Transform",
        BlockSize = 64,
        Start = Words(0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19),
        WordSize = 4,
        IsBigEndian = true,
    };

    public static readonly HashForm Sha512 = new()
    {
        Routine = "SHA512_Transform",
        BlockSize = 128,
        Start = MemoryMarshal.AsBytes<ulong>(
        [
            0x6a09e667f3bcc908, 0xbb67ae8584caa73b, 0x3c6ef372fe94f82b, 0xa54ff53a5f1d36f1,
            0x510e527fade682d1, 0x9b05688c2b3e6c1f, 0x1f83d9abfb41bd6b, 0x5be0cd19137e2179,
        ]).ToArray(),
        WordSize = 8,
        IsBigEndian = true,
    };

    /// <summary>The name of OpenSSL's routine that takes in a block.</summary>
    public required string Routine { get; init; }

    public required int BlockSize { get; init; }

    /// <summary>The state before the first block, as words of this machine.</summary>
    public required byte[] Start { get; init; }

    public required int WordSize { get; init; }

    /// <summary>Whether words of the digest and of the length start with their highest byte.</summary>
    public bool IsBigEndian { get; init; }

    /// <summary>The digest is the last state.</summary>
    public int DigestSize => Start.Length;

    /// <summary>The bytes at the end of the last block that hold the length; two words.</summary>
    public int LengthSize => 2 * WordSize;

    public void WriteDigest(ReadOnlySpan<byte> state, Span<byte> target)
    {
        if (!IsBigEndian)
        {
            state[..DigestSize].CopyTo(target);
            return;
        }

        // A few words; to call what reverses many takes longer.
        for (int i = 0; i < DigestSize; i += WordSize)
        {
            if (WordSize == 4)
            {
                BinaryPrimitives.WriteUInt32BigEndian(target[i..], MemoryMarshal.Read<uint>(state[i..]));
            }
            else
            {
                BinaryPrimitives.WriteUInt64BigEndian(target[i..], MemoryMarshal.Read<ulong>(state[i..]));
            }
        }
    }

    private static byte[] Words(params ReadOnlySpan<uint> words) => MemoryMarshal.AsBytes(words).ToArray();
}
