using Mapping.Builtins.Strings;

namespace Mapping.Builtins.Encodings;

internal sealed class HexScheme : Scheme
{
    protected override bool IsPlain => true;

    protected override long MostEncoded(int length) => 2L * length;

    protected override long MostDecoded(int length) => length / 2;

    protected override bool TryEncode(ReadOnlySpan<byte> source, Span<byte> target, out int written, out string? error)
    {
        error = null;
        return Convert.TryToHexStringLower(source, target, out written);
    }

    protected override bool TryDecode(ReadOnlySpan<byte> source, Span<byte> target, out int written, out string? error)
    {
        written = 0;
        for (int i = 0; i + 1 < source.Length; i += 2)
        {
            int high = HexDigits.ValueOf(source[i]);
            int low = HexDigits.ValueOf(source[i + 1]);
            if (high < 0 || low < 0)
            {
                error = $"illegal hexadecimal digit at byte {(high < 0 ? i : i + 1)}";
                return false;
            }

            target[written++] = (byte)((high << 4) | low);
        }

        error = source.Length % 2 == 0 ? null : "hexadecimal text of odd length";
        return error is null;
    }
}
