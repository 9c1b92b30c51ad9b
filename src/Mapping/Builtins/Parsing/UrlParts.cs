using Mapping.Values;

namespace Mapping.Builtins.Parsing;

/// <summary>The parts of a URL as they stand in it: slices, still escaped. Parts that are absent are empty, user and password null.</summary>
internal record struct UrlParts(Value Scheme, Value Opaque, Value Host, Value Path, Value Query, Value Fragment, Value User, Value Password)
{
    public static UrlParts Split(Value url, out string? problem)
    {
        Value empty = url.Slice(0, 0);
        var parts = new UrlParts(empty, empty, empty, empty, empty, empty, Value.Null, Value.Null);
        problem = url.AsSpan().ContainsAnyInRange((byte)0, (byte)0x1F) || url.AsSpan().Contains((byte)0x7F) ? "invalid control character" : null;
        if (problem is not null)
        {
            return parts;
        }

        (Value rest, parts.Fragment) = Cut(url, (byte)'#', empty);
        int scheme = SchemeLength(rest.AsSpan(), out problem);
        if (scheme > 0)
        {
            parts.Scheme = rest.Slice(0, scheme);
            rest = From(rest, scheme + 1);
        }

        (rest, parts.Query) = Cut(rest, (byte)'?', empty);
        ReadOnlySpan<byte> text = rest.AsSpan();
        if (text is not [(byte)'/', ..] && scheme > 0)
        {
            parts.Opaque = rest;
            return parts;
        }

        if (text is not [(byte)'/', ..] && Cut(rest, (byte)'/', empty).Before.AsSpan().Contains((byte)':'))
        {
            problem ??= "the first segment of a path cannot contain a colon";
        }

        if (text.StartsWith("//"u8) && (scheme > 0 || !text.StartsWith("///"u8)))
        {
            Value authority = From(rest, 2);
            int slash = authority.AsSpan().IndexOf((byte)'/');
            rest = slash < 0 ? empty : From(authority, slash);
            parts.SplitAuthority(slash < 0 ? authority : authority.Slice(0, slash), ref problem);
        }

        parts.Path = rest;
        return parts;
    }

    private void SplitAuthority(Value authority, ref string? problem)
    {
        int at = authority.AsSpan().LastIndexOf((byte)'@');
        Host = From(authority, at + 1);
        problem ??= CheckPort(Host.AsSpan());
        if (at < 0)
        {
            return;
        }

        Value user = authority.Slice(0, at);
        foreach (byte c in user.AsSpan())
        {
            if (!char.IsAsciiLetterOrDigit((char)c) && !"-._:~!$&'()*+,;=%@"u8.Contains(c))
            {
                problem ??= "invalid character in user name or password";
            }
        }

        (User, Password) = Cut(user, (byte)':', Value.Null);
    }

    private static string? CheckPort(ReadOnlySpan<byte> host)
    {
        int colon = host.LastIndexOf((byte)':');
        if (host is [(byte)'[', ..])
        {
            int bracket = host.LastIndexOf((byte)']');
            if (bracket < 0)
            {
                return "missing ']' in host";
            }

            host = host[(bracket + 1)..];
            colon = 0;
            if (host.IsEmpty)
            {
                return null;
            }
        }

        bool isValid = colon < 0 || (host[colon] == ':' && host[(colon + 1)..].IndexOfAnyExceptInRange((byte)'0', (byte)'9') < 0);
        return isValid ? null : "invalid port after host";
    }

    /// <summary>Length of the scheme before its colon, or 0.</summary>
    private static int SchemeLength(ReadOnlySpan<byte> text, out string? problem)
    {
        problem = null;
        for (int i = 0; i < text.Length; i++)
        {
            char c = (char)text[i];
            if (c == ':')
            {
                problem = i == 0 ? "missing protocol scheme" : null;
                return i;
            }

            if (!char.IsAsciiLetter(c) && (i == 0 || !(char.IsAsciiDigit(c) || c is '+' or '-' or '.')))
            {
                return 0;
            }
        }

        return 0;
    }

    private static (Value Before, Value After) Cut(Value text, byte at, Value missing)
    {
        int position = text.AsSpan().IndexOf(at);
        return position < 0 ? (text, missing) : (text.Slice(0, position), From(text, position + 1));
    }

    private static Value From(Value text, int start) => text.Slice(start, text.TextLength - start);
}
