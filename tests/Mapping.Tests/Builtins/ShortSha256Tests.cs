using System.Security.Cryptography;
using Mapping.Builtins.Encodings;

namespace Mapping.Tests.Builtins;

public sealed class ShortSha256Tests
{
    [Fact]
    public void Agrees_with_the_platform_on_every_length()
    {
        var random = new Random(256);
        byte[] digest = new byte[32];
        for (int length = 0; length <= ShortSha256.MaxLength; length++)
        {
            for (int round = 0; round < 20; round++)
            {
                byte[] text = new byte[length];
                random.NextBytes(text);
                Assert.Equal(32, ShortSha256.Hash(text, digest));
                Assert.Equal(SHA256.HashData(text), digest);
            }
        }
    }
}
