using System.Buffers.Text;

namespace Mapping.Builtins.Encodings;

/// <summary>The base64 family. Line breaks are skipped when decoding; padding must be exactly right.</summary>
internal sealed class Base64Scheme(bool isUrl, bool isPadded) : Scheme
{
    protected override bool IsPlain => true;

    protected override long MostEncoded(int length) => (length + 2L) / 3 * 4;

    protected override long MostDecoded(int length) => ((length / 4L) + 1) * 3;

    protected override bool TryEncode(ReadOnlySpan<byte> source, Span<byte> target, out int written, out string? error)
    {
        error = null;
        Base64.EncodeToUtf8(source, target, out _, out written);
        if (isUrl)
        {
            Span<byte> text = target[..written];
            text.Replace((byte)'+', (byte)'-');
            text.Replace((byte)'/', (byte)'_');
        }

        if (!isPadded)
        {
            written = target[..written].TrimEnd((byte)'=').Length;
        }

        return true;
    }

    protected override bool TryDecode(ReadOnlySpan<byte> source, Span<byte> target, out int written, out string? error)
    {
        written = 0;
        int group = 0;
        int count = 0;
        int at = 0;
        for (; at < source.Length && source[at] != '='; at++)
        {
            byte c = source[at];
            if (c is (byte)'\r' or (byte)'\n')
            {
                continue;
            }

            int digit = ValueOf(c);
            if (digit < 0)
            {
                error = $"illegal base64 data at input byte {at}";
                return false;
            }

            group = (group << 6) | digit;
            if (++count == 4)
            {
                target[written++] = (byte)(group >> 16);
                target[written++] = (byte)(group >> 8);
                target[written++] = (byte)group;
                group = count = 0;
            }
        }

        int padding = 0;
        for (; at < source.Length; at++)
        {
            if (source[at] == '=' && isPadded && padding < (4 - count) % 4)
            {
                padding++;
            }
            else if (source[at] is not ((byte)'\r' or (byte)'\n'))
            {
                error = $"illegal base64 data at input byte {at}";
                return false;
            }
        }

        if (count == 1 || (isPadded && count != 0 && count + padding != 4))
        {
            error = "unexpected end of base64 data";
            return false;
        }

        if (count > 1)
        {
            target[written++] = (byte)(group >> (count == 2 ? 4 : 10));
        }

        if (count == 3)
        {
            target[written++] = (byte)(group >> 2);
        }

        error = null;
        return true;
    }

    private int ValueOf(byte c) => c switch
    {
        >= (byte)'A' and <= (byte)'Z' => c - 'A',
        >= (byte)'a' and <= (byte)'z' => c - 'a' + 26,
        >= (byte)'0' and <= (byte)'9' => c - '0' + 52,
        _ => c == (isUrl ? '-' : '+') ? 62 : c == (isUrl ? '_' : '/') ? 63 : -1,
    };
}
