namespace Mapping.Extras.Schemas.Formats;

/// <summary><c>email</c>: an address as in a mail header, with or without a name in front: <c>Ada &lt;ada@example.com&gt;</c>.</summary>
internal static class EmailFormat
{
    public static bool IsEmail(ReadOnlySpan<byte> text)
    {
        ReadOnlySpan<byte> rest = text;
        if (TryAddress(ref rest) && TrySpace(ref rest) && rest.IsEmpty)
        {
            return true;
        }

        rest = text;
        return TrySpace(ref rest) && TryPhrase(ref rest) && TryByte(ref rest, '<') && TryAddress(ref rest) && TryByte(ref rest, '>')
            && TrySpace(ref rest) && rest.IsEmpty;
    }

    private static bool TryAddress(ref ReadOnlySpan<byte> text) =>
        TrySpace(ref text)
        && (text is [(byte)'"', ..] ? TryQuoted(ref text) : TryDotted(ref text))
        && TrySpace(ref text) && TryByte(ref text, '@') && TrySpace(ref text)
        && (text is [(byte)'[', ..] ? TryDomainLiteral(ref text) : TryDotted(ref text));

    /// <summary>Words before the bracket; may be none.</summary>
    private static bool TryPhrase(ref ReadOnlySpan<byte> text)
    {
        while (!text.IsEmpty && text[0] != '<')
        {
            bool isWord = text[0] == '"' ? TryQuoted(ref text) : TryAtom(ref text);
            if (!isWord || !TrySpace(ref text))
            {
                return false;
            }
        }

        return true;
    }

    private static bool TryDotted(ref ReadOnlySpan<byte> text)
    {
        ReadOnlySpan<byte> start = text;
        if (!TryAtom(ref text))
        {
            return false;
        }

        ReadOnlySpan<byte> atom = start[..^text.Length];
        return atom[0] != '.' && atom[^1] != '.' && atom.IndexOf(".."u8) < 0;
    }

    private static bool TryAtom(ref ReadOnlySpan<byte> text)
    {
        int length = 0;
        while (length < text.Length && (IsAtomByte(text[length]) || text[length] == (byte)'.'))
        {
            length++;
        }

        text = text[length..];
        return length > 0;
    }

    private static bool TryQuoted(ref ReadOnlySpan<byte> text)
    {
        for (int i = 1; i < text.Length; i++)
        {
            switch (text[i])
            {
                case (byte)'"':
                    text = text[(i + 1)..];
                    return true;
                case (byte)'\\':
                    i++;
                    break;
                case < 0x20 and not (byte)'\t':
                    return false;
            }
        }

        return false;
    }

    private static bool TryDomainLiteral(ref ReadOnlySpan<byte> text)
    {
        int end = text.IndexOf((byte)']');
        if (end < 0)
        {
            return false;
        }

        ReadOnlySpan<byte> address = text[1..end];
        text = text[(end + 1)..];
        return AddressFormats.IsIpv4(address) || AddressFormats.IsIpv6(address.StartsWith("IPv6:"u8) ? address[5..] : address);
    }

    /// <summary>Blanks, and comments in parentheses.</summary>
    private static bool TrySpace(ref ReadOnlySpan<byte> text)
    {
        while (true)
        {
            text = text.TrimStart(" \t"u8);
            if (text is not [(byte)'(', ..])
            {
                return true;
            }

            int depth = 0;
            int i = 0;
            do
            {
                depth += text[i] == '(' ? 1 : text[i] == ')' ? -1 : 0;
                i += text[i] == '\\' ? 2 : 1;
            }
            while (depth > 0 && i < text.Length);
            if (depth > 0)
            {
                return false;
            }

            text = text[i..];
        }
    }

    private static bool TryByte(ref ReadOnlySpan<byte> text, char wanted)
    {
        bool found = !text.IsEmpty && text[0] == wanted;
        text = found ? text[1..] : text;
        return found;
    }

    private static bool IsAtomByte(byte value) => value > 0x7F || char.IsAsciiLetterOrDigit((char)value) || "!#$%&'*+-/=?^_`{|}~"u8.Contains(value);
}
