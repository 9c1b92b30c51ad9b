using System.Buffers.Binary;
using System.Security.Cryptography;
using Mapping.Functions;
using Mapping.Values;

namespace Mapping.Builtins.Encodings;

/// <summary>A key with a start value and the mode to use them in. Both directions; immutable.</summary>
internal sealed class AesScheme
{
    private const int Block = 16;
    private const int Nonce = 12;
    private const int Tag = 16;
    private const int KeystreamStep = 256 * Block;

    private readonly byte[] key;
    private readonly byte[] iv;
    private readonly string mode;

    private AesScheme(string mode, byte[] key, byte[] iv)
    {
        this.mode = mode;
        this.key = key;
        this.iv = iv;
    }

    public static Preparation Make(BuiltinServices services, ReadOnlySpan<Value> arguments)
    {
        string mode = arguments[0].AsHostString();
        int keySize = arguments[1].TextLength;
        int ivSize = arguments[2].TextLength;
        if (mode is not ("ctr" or "gcm" or "ofb" or "cbc"))
        {
            return Preparation.Refuse($"unrecognized encryption type: {mode}");
        }

        if (keySize is not (16 or 24 or 32))
        {
            return Preparation.Refuse($"the key must have 16, 24 or 32 bytes, got {keySize}", 1);
        }

        int wanted = mode == "gcm" ? Nonce : Block;
        return ivSize == wanted
            ? Preparation.Ready(new AesScheme(mode, arguments[1].AsSpan().ToArray(), arguments[2].AsSpan().ToArray()))
            : Preparation.Refuse($"the initialization vector of {mode} must have {wanted} bytes, got {ivSize}", 2);
    }

    public Value Encrypt(EvaluationContext context, ReadOnlySpan<byte> source)
    {
        if (mode == "cbc" && source.Length % Block != 0)
        {
            return Value.Fail("plaintext is not a multiple of the block size");
        }

        int length = source.Length + (mode == "gcm" ? Tag : 0);
        if (!context.TryGrow(length, out Value exceeded))
        {
            return exceeded;
        }

        Span<byte> room = context.Arena.Allocate(length, out byte[] owner, out int offset);
        switch (mode)
        {
            case "gcm":
                using (var gcm = new AesGcm(key, Tag))
                {
                    gcm.Encrypt(iv, source, room[..source.Length], room[source.Length..]);
                }

                break;
            case "cbc":
                using (Aes aes = MakeCipher())
                {
                    aes.EncryptCbc(source, iv, room, PaddingMode.None);
                }

                break;
            default:
                Mask(source, room);
                break;
        }

        return Value.FromUtf8(owner, offset, length);
    }

    public Value Decrypt(EvaluationContext context, ReadOnlySpan<byte> source)
    {
        if (mode == "cbc" && source.Length % Block != 0)
        {
            return Value.Fail("ciphertext is not a multiple of the block size");
        }

        if (mode == "gcm" && source.Length < Tag)
        {
            return Value.Fail("gcm decrypting failed: the text is shorter than its authentication tag");
        }

        int length = source.Length - (mode == "gcm" ? Tag : 0);
        if (!context.TryGrow(length, out Value exceeded))
        {
            return exceeded;
        }

        Span<byte> room = context.Arena.Allocate(length, out byte[] owner, out int offset);
        switch (mode)
        {
            case "gcm":
                if (!TryOpen(source, room))
                {
                    return Value.Fail("gcm decrypting failed: message authentication failed");
                }

                break;
            case "cbc":
                using (Aes aes = MakeCipher())
                {
                    aes.DecryptCbc(source, iv, room, PaddingMode.None);
                }

                break;
            default:
                Mask(source, room);
                break;
        }

        return Value.FromBytes(owner, offset, length);
    }

    private bool TryOpen(ReadOnlySpan<byte> source, Span<byte> room)
    {
        using var gcm = new AesGcm(key, Tag);
        try
        {
            gcm.Decrypt(iv, source[..^Tag], source[^Tag..], room);
            return true;
        }
        catch (AuthenticationTagMismatchException)
        {
            return false;
        }
    }

    /// <summary>ctr and ofb combine the text with a stream of bytes that depends on key and start value only.</summary>
    private void Mask(ReadOnlySpan<byte> source, Span<byte> target)
    {
        using Aes aes = MakeCipher();
        Span<byte> plain = stackalloc byte[KeystreamStep];
        Span<byte> stream = stackalloc byte[KeystreamStep];
        Span<byte> state = stackalloc byte[Block];
        plain.Clear();
        iv.CopyTo(state);
        for (int at = 0; at < source.Length; at += KeystreamStep)
        {
            int count = Math.Min(KeystreamStep, source.Length - at);
            int whole = (count + Block - 1) / Block * Block;
            if (mode == "ctr")
            {
                Count(state, plain[..whole]);
                aes.EncryptEcb(plain[..whole], stream, PaddingMode.None);
            }
            else
            {
                // Chaining zeros gives each block as the cipher of the one before, which is what ofb asks for.
                aes.EncryptCbc(plain[..whole], state, stream, PaddingMode.None);
                stream.Slice(whole - Block, Block).CopyTo(state);
            }

            for (int i = 0; i < count; i++)
            {
                target[at + i] = (byte)(source[at + i] ^ stream[i]);
            }
        }
    }

    private static void Count(Span<byte> state, Span<byte> blocks)
    {
        UInt128 counter = BinaryPrimitives.ReadUInt128BigEndian(state);
        for (int at = 0; at < blocks.Length; at += Block)
        {
            BinaryPrimitives.WriteUInt128BigEndian(blocks[at..], counter);
            counter = unchecked(counter + 1);
        }

        BinaryPrimitives.WriteUInt128BigEndian(state, counter);
    }

    private Aes MakeCipher()
    {
        Aes aes = Aes.Create();
        aes.Key = key;
        return aes;
    }
}
