using System.Buffers;
using System.Buffers.Text;

namespace Mapping.Extras.Tokens;

/// <summary>The parts of a token: base64url without padding, nothing else.</summary>
internal static class Base64UrlText
{
    private static readonly SearchValues<byte> Alphabet = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"u8);

    public static byte[]? Decode(ReadOnlySpan<byte> text)
    {
        if (text.ContainsAnyExcept(Alphabet) || text.Length % 4 == 1)
        {
            return null;
        }

        var content = new byte[Base64Url.GetMaxDecodedLength(text.Length)];
        return Base64Url.DecodeFromUtf8(text, content, out _, out int written) == OperationStatus.Done ? content[..written] : null;
    }

    public static void Write(ReadOnlySpan<byte> content, IBufferWriter<byte> target)
    {
        Span<byte> room = target.GetSpan(Base64Url.GetEncodedLength(content.Length));
        Base64Url.EncodeToUtf8(content, room, out _, out int written);
        target.Advance(written);
    }
}
