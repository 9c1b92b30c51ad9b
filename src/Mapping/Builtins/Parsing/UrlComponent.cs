using Mapping.Builtins.Strings;
using Mapping.Functions;
using Mapping.Values;

namespace Mapping.Builtins.Parsing;

internal enum UrlComponentKind
{
    Host,
    Path,
    Fragment,
    User,
}

/// <summary>Percent escapes within the parts of a URL.</summary>
internal static class UrlComponent
{
    public static bool TryDecode(EvaluationContext context, Value text, UrlComponentKind kind, out Value decoded, out string? problem)
    {
        problem = kind == UrlComponentKind.Host ? CheckHost(text.AsSpan()) : null;
        decoded = text;
        if (problem is not null || !text.AsSpan().Contains((byte)'%'))
        {
            return problem is null;
        }

        decoded = UrlText.Unescape(context, text, isQuery: false);
        problem = decoded.IsError ? decoded.AsError().Message : null;
        return problem is null;
    }

    /// <summary>Whether escaping the decoded text would give the same text again.</summary>
    public static bool IsDefaultEncoding(ReadOnlySpan<byte> text, UrlComponentKind kind)
    {
        for (int i = 0; i < text.Length; i++)
        {
            byte c = text[i];
            if (c != '%')
            {
                if (!StaysPlain(c, kind))
                {
                    return false;
                }

                continue;
            }

            // An escape is the default only with upper case digits, and where one is needed.
            byte escaped = (byte)((HexDigits.ValueOf(text[i + 1]) << 4) | HexDigits.ValueOf(text[i + 2]));
            if (StaysPlain(escaped, kind) || char.IsAsciiLetterLower((char)text[i + 1]) || char.IsAsciiLetterLower((char)text[i + 2]))
            {
                return false;
            }

            i += 2;
        }

        return true;
    }

    private static bool StaysPlain(byte c, UrlComponentKind kind)
    {
        if (char.IsAsciiLetterOrDigit((char)c) || "-_.~$&+,/:;=@"u8.Contains(c))
        {
            return true;
        }

        return kind == UrlComponentKind.Fragment && "?!()*"u8.Contains(c);
    }

    private static string? CheckHost(ReadOnlySpan<byte> host)
    {
        for (int i = 0; i < host.Length; i++)
        {
            byte c = host[i];
            if (c == '%')
            {
                // Only bytes beyond ASCII, and the percent sign before the zone of an address, may be escaped in a host.
                bool isComplete = i + 2 < host.Length && HexDigits.ValueOf(host[i + 1]) >= 0 && HexDigits.ValueOf(host[i + 2]) >= 0;
                if (!isComplete || (HexDigits.ValueOf(host[i + 1]) < 8 && !host[i..].StartsWith("%25"u8) && host[0] != '['))
                {
                    return "invalid escape in host name";
                }
            }
            else if (c < 0x80 && !char.IsAsciiLetterOrDigit((char)c) && !"-_.~!$&'()*+,;=:[]<>\""u8.Contains(c))
            {
                return $"invalid character \"{(char)c}\" in host name";
            }
        }

        return null;
    }
}
