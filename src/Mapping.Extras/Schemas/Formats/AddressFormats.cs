namespace Mapping.Extras.Schemas.Formats;

/// <summary><c>ipv4</c>, <c>ipv6</c>. An IPv6 address that ends like an IPv4 one counts as both, as in the reference.</summary>
internal static class AddressFormats
{
    private const int Groups = 8;

    public static bool IsIpv4(ReadOnlySpan<byte> text) => text.Contains((byte)':') ? text.Contains((byte)'.') && IsIpv6(text) : IsDotted(text);

    public static bool IsIpv6(ReadOnlySpan<byte> text)
    {
        int groups = 0;
        bool hasGap = false;
        if (text.StartsWith("::"u8))
        {
            hasGap = true;
            text = text[2..];
            if (text.IsEmpty)
            {
                return true;
            }
        }

        while (groups < Groups)
        {
            int digits = LeadingHexDigits(text);
            if (digits is 0 or > 4)
            {
                return false;
            }

            if (digits < text.Length && text[digits] == '.')
            {
                // The last two groups may be written as an IPv4 address.
                bool fits = groups == Groups - 2 || (hasGap && groups < Groups - 2);
                return fits && IsDotted(text);
            }

            groups++;
            text = text[digits..];
            if (text.IsEmpty)
            {
                break;
            }

            if (text[0] != ':' || text.Length == 1)
            {
                return false;
            }

            text = text[1..];
            if (text[0] == ':')
            {
                if (hasGap)
                {
                    return false;
                }

                hasGap = true;
                text = text[1..];
                if (text.IsEmpty)
                {
                    break;
                }
            }
        }

        return text.IsEmpty && (hasGap ? groups < Groups : groups == Groups);
    }

    private static bool IsDotted(ReadOnlySpan<byte> text)
    {
        int parts = 0;
        foreach (Range range in text.Split((byte)'.'))
        {
            ReadOnlySpan<byte> part = text[range];
            bool isNumber = part.Length is > 0 and <= 3 && part.IndexOfAnyExceptInRange((byte)'0', (byte)'9') < 0 && (part.Length == 1 || part[0] != '0');
            if (!isNumber || (part.Length == 3 && part.SequenceCompareTo("255"u8) > 0) || ++parts > 4)
            {
                return false;
            }
        }

        return parts == 4;
    }

    private static int LeadingHexDigits(ReadOnlySpan<byte> text)
    {
        int count = 0;
        while (count < text.Length && char.IsAsciiHexDigit((char)text[count]))
        {
            count++;
        }

        return count;
    }
}
