namespace Mapping.Extras.Schemas.Formats;

/// <summary><c>uri</c>, <c>uri-reference</c>, <c>uri-template</c>, and the <c>iri</c> forms, which are the same here.</summary>
internal static class UriFormats
{
    public static bool IsUri(ReadOnlySpan<byte> text) => IsReference(text, out bool hasScheme, out _) && hasScheme;

    public static bool IsUriReference(ReadOnlySpan<byte> text) => IsReference(text, out _, out _);

    /// <summary>A reference in whose path braces come in pairs.</summary>
    public static bool IsUriTemplate(ReadOnlySpan<byte> text)
    {
        if (!IsReference(text, out _, out Range pathRange))
        {
            return false;
        }

        bool isOpen = false;
        foreach (byte value in text[pathRange])
        {
            isOpen = value == '{' || (isOpen && value != '}');
        }

        return !isOpen;
    }

    private static bool IsReference(ReadOnlySpan<byte> text, out bool hasScheme, out Range path)
    {
        hasScheme = false;
        path = default;
        int hash = text.IndexOf((byte)'#');
        ReadOnlySpan<byte> main = hash < 0 ? text : text[..hash];
        if (text.Contains((byte)'\\') || main.IndexOfAnyInRange((byte)0, (byte)0x1F) >= 0 || main.Contains((byte)0x7F)
            || (hash >= 0 && !HasWholeEscapes(text[hash..])))
        {
            return false;
        }

        int start = SchemeLength(main);
        if (start < 0)
        {
            return false;
        }

        hasScheme = start > 0;
        int query = main.IndexOf((byte)'?');
        int end = query < 0 ? main.Length : query;
        if (hasScheme && (start >= end || main[start] != '/'))
        {
            // mailto:x and the like: what follows is opaque.
            path = end..end;
            return true;
        }

        if (main[start..end].StartsWith("//"u8))
        {
            int slash = main[(start + 2)..end].IndexOf((byte)'/');
            int authorityEnd = slash < 0 ? end : start + 2 + slash;
            if (!IsAuthority(main[(start + 2)..authorityEnd]))
            {
                return false;
            }

            start = authorityEnd;
        }
        else if (!hasScheme && FirstSegment(main[..end]).Contains((byte)':'))
        {
            return false;
        }

        path = start..end;
        return HasWholeEscapes(main[path]);
    }

    /// <summary>Length with the colon; 0 without a scheme, -1 when one is begun but missing.</summary>
    private static int SchemeLength(ReadOnlySpan<byte> text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            byte value = text[i];
            if (value == ':')
            {
                return i == 0 ? -1 : i + 1;
            }

            bool isPart = char.IsAsciiLetter((char)value) || (i > 0 && (char.IsAsciiDigit((char)value) || value is (byte)'+' or (byte)'-' or (byte)'.'));
            if (!isPart)
            {
                return 0;
            }
        }

        return 0;
    }

    private static ReadOnlySpan<byte> FirstSegment(ReadOnlySpan<byte> path)
    {
        int slash = path.IndexOf((byte)'/');
        return slash < 0 ? path : path[..slash];
    }

    private static bool IsAuthority(ReadOnlySpan<byte> text)
    {
        int at = text.LastIndexOf((byte)'@');
        if (at >= 0 && !IsUserInfo(text[..at]))
        {
            return false;
        }

        ReadOnlySpan<byte> host = text[(at + 1)..];
        if (host.StartsWith("["u8))
        {
            int close = host.LastIndexOf((byte)']');
            return close > 0 && IsPort(host[(close + 1)..]) && IsHost(host[..(close + 1)]);
        }

        int colon = host.LastIndexOf((byte)':');
        return (colon < 0 || IsPort(host[colon..])) && IsHost(host);
    }

    private static bool IsUserInfo(ReadOnlySpan<byte> text)
    {
        foreach (byte value in text)
        {
            if (!char.IsAsciiLetterOrDigit((char)value) && !"-._:~!$&'()*+,;=%@"u8.Contains(value))
            {
                return false;
            }
        }

        return HasWholeEscapes(text);
    }

    private static bool IsPort(ReadOnlySpan<byte> text) =>
        text.IsEmpty || (text[0] == ':' && text[1..].IndexOfAnyExceptInRange((byte)'0', (byte)'9') < 0);

    private static bool IsHost(ReadOnlySpan<byte> text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            byte value = text[i];
            if (value == '%')
            {
                // Only bytes beyond ASCII are escaped in a host.
                if (i + 2 >= text.Length || text[i + 1] is < (byte)'8' || !char.IsAsciiHexDigit((char)text[i + 1]) || !char.IsAsciiHexDigit((char)text[i + 2]))
                {
                    return false;
                }
            }
            else if (value < 0x80 && !char.IsAsciiLetterOrDigit((char)value) && !"-_.~!$&'()*+,;=:[]<>\""u8.Contains(value))
            {
                return false;
            }
        }

        return true;
    }

    private static bool HasWholeEscapes(ReadOnlySpan<byte> text)
    {
        for (int i = text.IndexOf((byte)'%'); i >= 0 && i < text.Length; i++)
        {
            if (text[i] == '%' && (i + 2 >= text.Length || !char.IsAsciiHexDigit((char)text[i + 1]) || !char.IsAsciiHexDigit((char)text[i + 2])))
            {
                return false;
            }
        }

        return true;
    }
}
