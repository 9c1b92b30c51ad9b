using System.Buffers.Binary;

namespace Mapping.Builtins.Encodings;

/// <summary>Four bytes as five digits of base 85 from <c>!</c>; four zeros as <c>z</c>. Without brackets; white space is skipped.</summary>
internal sealed class Ascii85Scheme : Scheme
{
    protected override long MostEncoded(int length) => (length + 3L) / 4 * 5;

    protected override long MostDecoded(int length) => 4L * length;

    protected override bool TryEncode(ReadOnlySpan<byte> source, Span<byte> target, out int written, out string? error)
    {
        error = null;
        written = 0;
        Span<byte> group = stackalloc byte[4];
        while (!source.IsEmpty)
        {
            int taken = Math.Min(4, source.Length);
            group.Clear();
            source[..taken].CopyTo(group);
            source = source[taken..];
            uint value = BinaryPrimitives.ReadUInt32BigEndian(group);
            if (value == 0 && taken == 4)
            {
                target[written++] = (byte)'z';
                continue;
            }

            for (int i = 4; i >= 0; i--)
            {
                if (i <= taken)
                {
                    target[written + i] = (byte)('!' + (value % 85));
                }

                value /= 85;
            }

            written += taken + 1;
        }

        return true;
    }

    protected override bool TryDecode(ReadOnlySpan<byte> source, Span<byte> target, out int written, out string? error)
    {
        written = 0;
        ulong value = 0;
        int count = 0;
        Span<byte> group = stackalloc byte[4];
        for (int at = 0; at < source.Length; at++)
        {
            byte c = source[at];
            if (c <= ' ')
            {
                continue;
            }

            if (c == 'z' && count == 0)
            {
                target.Slice(written, 4).Clear();
                written += 4;
                continue;
            }

            value = (value * 85) + (ulong)(c - '!');
            if (c is < (byte)'!' or > (byte)'u' || (++count == 5 && value > uint.MaxValue))
            {
                error = $"illegal ascii85 data at input byte {at}";
                return false;
            }

            if (count == 5)
            {
                BinaryPrimitives.WriteUInt32BigEndian(target[written..], (uint)value);
                written += 4;
                value = 0;
                count = 0;
            }
        }

        error = count == 1 ? $"illegal ascii85 data at input byte {source.Length}" : null;
        if (count > 1)
        {
            for (int i = count; i < 5; i++)
            {
                value = (value * 85) + 84;
            }

            BinaryPrimitives.WriteUInt32BigEndian(group, (uint)value);
            group[..(count - 1)].CopyTo(target[written..]);
            written += count - 1;
        }

        return error is null;
    }
}
