using Mapping.Builtins.Encodings;
using Mapping.Values;

namespace Mapping.Tests.Builtins;

public class EncryptionTests
{
    private static readonly Value Key = Value.FromString("sixteen byte key");

    [Theory]
    [InlineData("ctr", 1)]
    [InlineData("ofb", 1)]
    [InlineData("gcm", 1)]
    [InlineData("cbc", 16)]
    public void Round_trip(string scheme, int step)
    {
        Value iv = Iv(scheme == "gcm" ? 12 : 16);
        foreach (int length in new[] { 0, 1, 2, 15, 16, 17, 600 })
        {
            byte[] data = [.. Enumerable.Range(0, length * step).Select(i => (byte)(i * 31))];
            Value packed = Call.Method(Encryption.EncryptAes, Value.FromBytes(data), Value.FromString(scheme), Key, iv);
            Assert.Equal(ValueKind.String, packed.Kind);
            Assert.Equal(data, Call.Method(Encryption.DecryptAes, packed, Value.FromString(scheme), Key, iv).AsSpan().ToArray());
        }
    }

    [Theory]
    [InlineData("ctr")]
    [InlineData("ofb")]
    public void The_stream_goes_on_over_many_blocks(string scheme)
    {
        // The stream for a text is the beginning of the stream for a longer one, wherever the work is divided.
        byte[] whole = Encrypt(scheme, new byte[10_000]);
        Assert.Equal(whole[..4097], Encrypt(scheme, new byte[4097]));
        Assert.Equal(10_000 / 16, whole.Chunk(16).Select(Convert.ToHexString).Distinct().Count());
    }

    [Fact]
    public void The_counter_carries_over_all_its_bytes()
    {
        Value iv = Value.FromBytes([.. Enumerable.Repeat((byte)255, 16)]);
        byte[] stream = Call.Method(Encryption.EncryptAes, Value.FromBytes(new byte[32]), Value.FromString("ctr"), Key, iv).AsSpan().ToArray();
        byte[] fromZero = Call.Method(Encryption.EncryptAes, Value.FromBytes(new byte[16]), Value.FromString("ctr"), Key, Value.FromBytes(new byte[16])).AsSpan().ToArray();
        Assert.Equal(fromZero, stream[16..]);
    }

    [Theory]
    [InlineData("ecb", 16, 16, "unrecognized encryption type")]
    [InlineData("ctr", 15, 16, "the key must have 16, 24 or 32 bytes, got 15")]
    [InlineData("cbc", 32, 12, "the initialization vector of cbc must have 16 bytes, got 12")]
    [InlineData("gcm", 24, 16, "the initialization vector of gcm must have 12 bytes, got 16")]
    public void Wrong_sizes_are_refused(string scheme, int key, int iv, string expected) => Assert.Contains(
        expected,
        Call.Text(Encryption.EncryptAes, "x", Value.FromString(scheme), Value.FromBytes(new byte[key]), Value.FromBytes(new byte[iv])),
        StringComparison.Ordinal);

    [Fact]
    public void Gcm_refuses_every_changed_bit()
    {
        Value scheme = Value.FromString("gcm");
        byte[] packed = Call.Method(Encryption.EncryptAes, Value.FromString("text"), scheme, Key, Iv(12)).AsSpan().ToArray();
        for (int i = 0; i < packed.Length; i++)
        {
            byte[] changed = [.. packed];
            changed[i] ^= 1;
            Assert.True(Call.Method(Encryption.DecryptAes, Value.FromBytes(changed), scheme, Key, Iv(12)).IsError);
            Assert.True(Call.Method(Encryption.DecryptAes, Value.FromBytes(packed[..i]), scheme, Key, Iv(12)).IsError);
        }
    }

    [Theory]
    [InlineData("{6ba7b810-9dad-11d1-80b4-00c04fd430c8}")]
    [InlineData("urn:uuid:6ba7b810-9dad-11d1-80b4-00c04fd430c8")]
    [InlineData("6BA7B8109DAD11D180B400C04FD430C8")]
    public void Uuid_namespaces_in_all_spellings(string ns) =>
        Assert.Equal(Call.Text(NamedUuid.UuidV5, "x", Value.FromString("dns")), Call.Text(NamedUuid.UuidV5, "x", Value.FromString(ns)));

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("urn:uuid:")]
    [InlineData("6ba7b810-9dad-11d1-80b4-00c04fd430cx")]
    [InlineData("6ba7b8109-dad-11d1-80b4-00c04fd430c8")]
    public void Other_namespaces_are_errors(string ns) =>
        Assert.StartsWith("error", Call.Text(NamedUuid.UuidV5, "x", Value.FromString(ns)), StringComparison.Ordinal);

    private static byte[] Encrypt(string scheme, byte[] data) =>
        Call.Method(Encryption.EncryptAes, Value.FromBytes(data), Value.FromString(scheme), Key, Iv(16)).AsSpan().ToArray();

    private static Value Iv(int length) => Value.FromBytes([.. Enumerable.Range(0, length).Select(i => (byte)(i + 1))]);
}
