using System.Security.Cryptography;
using Mapping.Builtins.Encodings;

namespace Mapping.Tests.Builtins;

#pragma warning disable CA5350, CA5351 // They are compared with themselves.
public sealed class ShortHashTests
{
    [Fact]
    public void Md5_agrees_with_the_platform() => Agrees(HashForm.Md5, MD5.HashData);

    [Fact]
    public void Sha1_agrees_with_the_platform() => Agrees(HashForm.Sha1, SHA1.HashData);

    [Fact]
    public void Sha256_agrees_with_the_platform() => Agrees(HashForm.Sha256, SHA256.HashData);

    [Fact]
    public void Sha512_agrees_with_the_platform() => Agrees(HashForm.Sha512, SHA512.HashData);

    [Fact]
    public void Without_the_library_the_platform_is_asked()
    {
        var hash = new ShortHash(HashForm.Sha256, 0, SHA256.HashData);
        Assert.False(hash.IsShort);
        byte[] digest = new byte[32];
        Assert.Equal(32, hash.Hash("abc"u8, digest));
        Assert.Equal(SHA256.HashData("abc"u8), digest);
    }

    [Fact]
    public void A_routine_that_gives_something_else_is_not_used()
    {
        var hash = new ShortHash(HashForm.Sha256, HashAlgorithms.FindLibrary(), static (_, target) => SHA256.HashData("another"u8, target));
        Assert.False(hash.IsShort);
    }

    /// <summary>Every length up to beyond the longest that takes the short way.</summary>
    private static void Agrees(HashForm form, ShortHash.PlatformHash platform)
    {
        var hash = new ShortHash(form, HashAlgorithms.FindLibrary(), platform);
        Assert.Equal(HashAlgorithms.FindLibrary() != 0, hash.IsShort);
        var random = new Random(form.DigestSize);
        byte[] ours = new byte[form.DigestSize], theirs = new byte[form.DigestSize];
        for (int length = 0; length <= 1100; length++)
        {
            byte[] text = new byte[length];
            random.NextBytes(text);
            Assert.Equal(form.DigestSize, hash.Hash(text, ours));
            platform(text, theirs);
            Assert.Equal(theirs, ours);
        }
    }
}
