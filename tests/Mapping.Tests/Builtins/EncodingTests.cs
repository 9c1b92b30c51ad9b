using Mapping.Builtins.Encodings;
using Mapping.Values;

namespace Mapping.Tests.Builtins;

public class EncodingTests
{
    [Theory]
    [InlineData("base64", "YQ==")]
    [InlineData("base64url", "YQ==")]
    [InlineData("base64rawurl", "YQ")]
    [InlineData("hex", "61")]
    [InlineData("ascii85", "@/")]
    public void Round_trip(string scheme, string expected)
    {
        Assert.Equal(expected, Call.Text(TextEncoding.Encode, "a", Value.FromString(scheme)));
        for (int length = 0; length < 40; length += scheme == "z85" ? 4 : 1)
        {
            byte[] data = [.. Enumerable.Range(0, length).Select(i => (byte)(i * 37))];
            Value encoded = Call.Method(TextEncoding.Encode, Value.FromBytes(data), Value.FromString(scheme));
            Assert.Equal(data, Call.Method(TextEncoding.Decode, encoded, Value.FromString(scheme)).AsSpan().ToArray());
        }
    }

    [Theory]
    [InlineData("base64", "YQ")]
    [InlineData("base64", "YQ=")]
    [InlineData("base64", "YQ===")]
    [InlineData("base64", "Y")]
    [InlineData("base64rawurl", "YQ==")]
    [InlineData("base64url", "a+b/")]
    [InlineData("hex", "abc")]
    [InlineData("hex", "zz")]
    [InlineData("ascii85", "v")]
    [InlineData("ascii85", "s8W-\"")]
    [InlineData("z85", "abcd")]
    [InlineData("z85", "#####")]
    public void Broken_text_is_an_error(string scheme, string text) => Assert.StartsWith("error", Call.Text(TextEncoding.Decode, text, Value.FromString(scheme)), StringComparison.Ordinal);

    [Theory]
    [InlineData("sha3_256", "", "a7ffc6f8bf1ed76651c14756a061d662f580ff4de43b49fa82d80a4b80f8434a")]
    [InlineData("sha3_512", "abc", "b751850b1a57168a5693cd924b6b096e08f621827444f70d884f5d0240d2712e10e116e9192af3c91a7ec57647e3934057340b4cf408d5a56592f8274eec53f0")]
    [InlineData("crc32", "123456789", "cbf43926")]
    [InlineData("md5", "", "d41d8cd98f00b204e9800998ecf8427e")]
    public void Hashes(string algorithm, string text, string expected) =>
        Assert.Equal(expected, Convert.ToHexStringLower(Call.Method(Hashing.Hash, Value.FromString(text), Value.FromString(algorithm)).AsSpan()));

    [Theory]
    [InlineData("Castagnoli", "e3069283")]
    [InlineData("Koopman", "2d3dd0ae")]
    public void Checksums(string polynomial, string expected) => Assert.Equal(
        expected,
        Convert.ToHexStringLower(Call.Method(Hashing.Hash, Value.FromString("123456789"), Value.FromString("crc32"), Value.Absent, Value.FromString(polynomial)).AsSpan()));
}
