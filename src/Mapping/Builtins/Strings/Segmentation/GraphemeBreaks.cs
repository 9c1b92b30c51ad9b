using System.Buffers;
using System.Globalization;
using System.Text;

namespace Mapping.Builtins.Strings.Segmentation;

/// <summary>Boundaries of what readers see as characters; the platform knows the rules of UAX 29 for UTF-16.</summary>
internal static class GraphemeBreaks
{
    private const int UsualWindow = 32;

    /// <summary>Bytes of the first segment of a text that is not empty. An invalid byte sequence is a segment of its own.</summary>
    public static int FirstLength(ReadOnlySpan<byte> text)
    {
        if (text[0] < 0x80 && text[0] != '\r' && text.Length > 1 && text[1] < 0x80)
        {
            return 1;
        }

        Span<char> window = stackalloc char[UsualWindow];
        while (true)
        {
            int filled = Decode(text, window, out int used, out int invalid);
            if (filled == 0)
            {
                return invalid;
            }

            int length = StringInfo.GetNextTextElementLength(window[..filled]);
            if (length < filled || used == text.Length || invalid > 0)
            {
                return Encoding.UTF8.GetByteCount(window[..length]);
            }

            // The segment may go on: the next, larger window makes the whole search cost no more than twice its length.
            window = new char[window.Length * 2];
        }
    }

    /// <summary>Fills the window up to the first invalid sequence, whose length is then given.</summary>
    private static int Decode(ReadOnlySpan<byte> text, Span<char> window, out int used, out int invalid)
    {
        int filled = 0;
        used = 0;
        invalid = 0;
        while (used < text.Length && filled < window.Length - 1)
        {
            OperationStatus status = Rune.DecodeFromUtf8(text[used..], out Rune rune, out int length);
            if (status != OperationStatus.Done)
            {
                invalid = length;
                break;
            }

            filled += rune.EncodeToUtf16(window[filled..]);
            used += length;
        }

        return filled;
    }
}
