using System.Buffers.Binary;

namespace Mapping.Builtins.Encodings;

/// <summary>ZeroMQ's base 85; the data must come in whole groups of four bytes.</summary>
internal sealed class Z85Scheme : Scheme
{
    private static ReadOnlySpan<byte> Digits => "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ.-:+=^!/*?&<>()[]{}@%$#"u8;

    protected override long MostEncoded(int length) => ((length / 4L) + 1) * 5;

    protected override long MostDecoded(int length) => ((length / 5L) + 1) * 4;

    protected override bool TryEncode(ReadOnlySpan<byte> source, Span<byte> target, out int written, out string? error)
    {
        written = 0;
        error = source.Length % 4 == 0 ? null : "z85: length of the data is not a multiple of 4";
        if (error is not null)
        {
            return false;
        }

        for (; !source.IsEmpty; source = source[4..])
        {
            uint value = BinaryPrimitives.ReadUInt32BigEndian(source);
            for (int i = 4; i >= 0; i--)
            {
                target[written + i] = Digits[(int)(value % 85)];
                value /= 85;
            }

            written += 5;
        }

        return true;
    }

    protected override bool TryDecode(ReadOnlySpan<byte> source, Span<byte> target, out int written, out string? error)
    {
        written = 0;
        error = source.Length % 5 == 0 ? null : "z85: length of the text is not a multiple of 5";
        for (int at = 0; error is null && at < source.Length; at += 5)
        {
            ulong value = 0;
            for (int i = at; i < at + 5; i++)
            {
                int digit = Digits.IndexOf(source[i]);
                if (digit < 0)
                {
                    error = $"z85: illegal character at byte {i}";
                    return false;
                }

                value = (value * 85) + (ulong)digit;
            }

            if (value > uint.MaxValue)
            {
                error = $"z85: group at byte {at} is out of range";
                return false;
            }

            BinaryPrimitives.WriteUInt32BigEndian(target[written..], (uint)value);
            written += 4;
        }

        return error is null;
    }
}
