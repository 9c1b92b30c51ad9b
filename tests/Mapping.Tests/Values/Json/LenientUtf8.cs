using System.Buffers;
using System.Text;

namespace Mapping.Tests.Values.Json;

/// <summary>Decodes as the language does: each byte that is not UTF-8 becomes a U+FFFD of its own.</summary>
internal static class LenientUtf8
{
    public static string Decode(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder();
        while (!bytes.IsEmpty)
        {
            bool valid = Rune.DecodeFromUtf8(bytes, out Rune rune, out int consumed) == OperationStatus.Done;
            text.Append(valid ? rune.ToString() : "\uFFFD");
            bytes = bytes[(valid ? consumed : 1)..];
        }

        return text.ToString();
    }
}
