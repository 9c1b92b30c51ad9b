using System.Text;

namespace Mapping.Extras.Html;

internal enum HtmlTokenKind
{
    Text,
    StartTag,
    EndTag,

    /// <summary>A comment, a document type or a processing instruction.</summary>
    Markup,
}

/// <summary>
/// The tokens of HTML text, as browsers see them: everything is HTML, nothing is an error. A tag that does not end is
/// dropped with the rest of the text.
/// </summary>
internal ref struct HtmlTokens(ReadOnlySpan<byte> text)
{
    private ReadOnlySpan<byte> rest = text;
    private string? rawElement;

    public HtmlTokenKind Kind { get; private set; }

    /// <summary>The name of a tag, in lower case.</summary>
    public string Name { get; private set; } = string.Empty;

    public bool IsSelfClosing { get; private set; }

    /// <summary>The text of a text token as it stands.</summary>
    public ReadOnlySpan<byte> Content { get; private set; }

    /// <summary>Within the text, references such as <c>&amp;amp;</c> stand for characters.</summary>
    public bool HasReferences { get; private set; }

    public bool MoveNext()
    {
        if (rest.IsEmpty)
        {
            return false;
        }

        if (rawElement is { } raw)
        {
            rawElement = null;
            int end = EndOfRaw(rest, raw);
            if (end > 0)
            {
                TakeText(end, hasReferences: raw is "textarea" or "title");
                return true;
            }
        }

        int next = 0;
        while (next < rest.Length && !IsMarkup(rest[next..]))
        {
            int further = rest[(next + 1)..].IndexOf((byte)'<');
            next = further < 0 ? rest.Length : next + 1 + further;
        }

        if (next > 0)
        {
            TakeText(next, hasReferences: true);
            return true;
        }

        return char.IsAsciiLetter((char)rest[1]) ? TakeTag(1, HtmlTokenKind.StartTag)
            : rest[1] == '/' && rest.Length > 2 && char.IsAsciiLetter((char)rest[2]) ? TakeTag(2, HtmlTokenKind.EndTag)
            : TakeMarkup();
    }

    private static bool IsMarkup(ReadOnlySpan<byte> text) =>
        text.Length > 1 && text[0] == '<' && (char.IsAsciiLetter((char)text[1]) || text[1] is (byte)'!' or (byte)'?' || (text[1] == '/' && text.Length > 2));

    /// <summary>Where the content of an element ends in which tags have no meaning.</summary>
    private static int EndOfRaw(ReadOnlySpan<byte> text, string name)
    {
        int at = 0;
        while (name != "plaintext")
        {
            int next = text[at..].IndexOf("</"u8);
            if (next < 0)
            {
                break;
            }

            at += next;
            ReadOnlySpan<byte> after = text[(at + 2)..];
            if (after.Length > name.Length && Ascii.EqualsIgnoreCase(after[..name.Length], name) && (IsBlank(after[name.Length]) || after[name.Length] is (byte)'/' or (byte)'>'))
            {
                return at;
            }

            at += 2;
        }

        return text.Length;
    }

    private static bool IsBlank(byte b) => b is (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t' or (byte)'\f';

    private void TakeText(int length, bool hasReferences)
    {
        Kind = HtmlTokenKind.Text;
        Content = rest[..length];
        HasReferences = hasReferences;
        rest = rest[length..];
    }

    private bool TakeTag(int nameStart, HtmlTokenKind kind)
    {
        int at = nameStart;
        while (at < rest.Length && !IsBlank(rest[at]) && rest[at] is not ((byte)'/' or (byte)'>'))
        {
            at++;
        }

        Kind = kind;
        Name = Encoding.UTF8.GetString(rest[nameStart..at]).ToLowerInvariant();
        int end = EndOfTag(rest, at);
        if (end < 0)
        {
            rest = [];
            return false;
        }

        IsSelfClosing = rest[end - 1] == '/';
        rest = rest[(end + 1)..];
        if (kind == HtmlTokenKind.StartTag
            && Name is "iframe" or "noembed" or "noframes" or "noscript" or "plaintext" or "script" or "style" or "textarea" or "title" or "xmp")
        {
            rawElement = Name;
        }

        return true;
    }

    /// <summary>The position of the <c>&gt;</c> that ends a tag: not one in the quotes of a value.</summary>
    private static int EndOfTag(ReadOnlySpan<byte> text, int at)
    {
        bool isValueNext = false;
        for (; at < text.Length; at++)
        {
            byte b = text[at];
            if (b == '>')
            {
                return at;
            }

            if (isValueNext && b is (byte)'"' or (byte)'\'')
            {
                int length = text[(at + 1)..].IndexOf(b);
                if (length < 0)
                {
                    return -1;
                }

                at += length + 1;
            }

            isValueNext = b == '=' || (isValueNext && IsBlank(b));
        }

        return -1;
    }

    /// <summary>A comment ends with <c>--&gt;</c>, everything else of this kind with <c>&gt;</c>.</summary>
    private bool TakeMarkup()
    {
        Kind = HtmlTokenKind.Markup;
        int end;
        if (rest.StartsWith("<!--"u8))
        {
            ReadOnlySpan<byte> comment = rest[4..];
            int close = comment.IndexOf("-->"u8);

            // Not beyond the ordinary end: many short comments would be searched to the end of the text each.
            int otherClose = comment[..(close < 0 ? comment.Length : close)].IndexOf("--!>"u8);
            end = comment.StartsWith(">"u8) ? 5
                : comment.StartsWith("->"u8) ? 6
                : otherClose >= 0 ? otherClose + 8
                : close >= 0 ? close + 7
                : rest.Length;
        }
        else
        {
            int close = rest.IndexOf((byte)'>');
            end = close < 0 ? rest.Length : close + 1;
        }

        rest = rest[end..];
        return true;
    }
}
