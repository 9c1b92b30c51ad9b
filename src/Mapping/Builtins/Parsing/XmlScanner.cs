using System.Text;
using System.Xml;

namespace Mapping.Builtins.Parsing;

internal enum XmlToken
{
    /// <summary>The text is over.</summary>
    End,
    Start,
    Close,

    /// <summary>Text between tags, or a CDATA section.</summary>
    Text,

    /// <summary>A comment, declaration or instruction: the texts before and after it are two.</summary>
    Other,

    /// <summary>The text is broken beyond what is tolerated; <see cref="XmlScanner.Problem"/> says why.</summary>
    Broken,
}

/// <summary>
/// Reads the tokens of an XML text as a lenient parser does: attributes may lack quotes or a value, an end tag closes what is open within
/// its element, and entities that mean nothing stay as they are. Nothing outside of the text is ever read.
/// </summary>
internal sealed partial class XmlScanner(ReadOnlyMemory<byte> xml)
{
    private readonly List<XmlName> open = [];
    private ReadOnlyMemory<byte> source = xml;
    private XmlName? pending;
    private int at;

    /// <summary>Of the element that starts, without its prefix.</summary>
    public string Name { get; private set; } = string.Empty;

    /// <summary>Of the element that starts, in order, without prefixes.</summary>
    public List<(string Name, byte[] Value)> Attributes { get; } = [];

    public string Problem { get; private set; } = string.Empty;

    private ReadOnlySpan<byte> Rest => source.Span[at..];

    /// <summary>0, which may stand nowhere, at the end.</summary>
    private byte Next => at < source.Length ? source.Span[at] : (byte)0;

    public XmlToken Read()
    {
        if (pending is { } name)
        {
            pending = null;
            return Close(name);
        }

        if (at == source.Length)
        {
            return open.Count == 0 ? XmlToken.End : Broken($"the element {open[^1].Local} is not closed");
        }

        if (Next != '<')
        {
            return TryReadText(quote: 0) ? XmlToken.Text : XmlToken.Broken;
        }

        at++;
        switch (Next)
        {
            case (byte)'/':
                at++;
                return ReadClose();
            case (byte)'?':
                at++;
                return ReadInstruction();
            case (byte)'!':
                at++;
                return ReadDeclaration();
            default:
                return ReadStart();
        }
    }

    private XmlToken ReadStart()
    {
        if (!TryReadName(out XmlName name))
        {
            return Broken("< is followed by no name");
        }

        Attributes.Clear();
        while (true)
        {
            SkipBlanks();
            if (TrySkip("/>"u8))
            {
                pending = name;
                break;
            }

            if (TrySkip(">"u8))
            {
                break;
            }

            if (!TryReadAttribute())
            {
                return XmlToken.Broken;
            }
        }

        open.Add(name);
        Name = name.Local;
        return XmlToken.Start;
    }

    /// <summary>Without a value an attribute has its name as value.</summary>
    private bool TryReadAttribute()
    {
        if (!TryReadName(out XmlName attribute))
        {
            return Fail($"the tag {Name} has an attribute without a name or is not closed");
        }

        SkipBlanks();
        if (!TrySkip("="u8))
        {
            Attributes.Add((attribute.Local, Encoding.UTF8.GetBytes(attribute.Local)));
            return true;
        }

        SkipBlanks();
        byte quote = Next;
        if (quote is (byte)'"' or (byte)'\'')
        {
            at++;
            if (!TryReadText(quote))
            {
                return false;
            }

            Attributes.Add((attribute.Local, Text.ToArray()));
            return true;
        }

        int start = at;
        while (char.IsAsciiLetterOrDigit((char)Next) || Next is (byte)'_' or (byte)':' or (byte)'-')
        {
            at++;
        }

        Attributes.Add((attribute.Local, source.Span[start..at].ToArray()));
        return true;
    }

    private XmlToken ReadClose()
    {
        if (!TryReadName(out XmlName name))
        {
            return Broken("</ is followed by no name");
        }

        SkipBlanks();
        return TrySkip(">"u8) ? Close(name) : Broken($"the end tag of {name.Local} has no > behind its name");
    }

    /// <summary>An end tag of another element closes the innermost one, and is looked at again.</summary>
    private XmlToken Close(XmlName name)
    {
        if (open.Count == 0)
        {
            return Broken($"the end tag of {name.Local} closes nothing");
        }

        XmlName innermost = open[^1];
        open.RemoveAt(open.Count - 1);
        if (innermost.Local != name.Local)
        {
            pending = name;
        }
        else if (innermost.Prefix != name.Prefix)
        {
            return Broken($"the end tag of {name.Local} has another prefix than its start tag");
        }

        return XmlToken.Close;
    }

    private XmlToken ReadInstruction()
    {
        if (!TryReadName(out XmlName target) || Rest.IndexOf("?>"u8) is not (>= 0 and int length))
        {
            return Broken("<? has no name or is not closed");
        }

        string content = Encoding.UTF8.GetString(Rest[..length]);
        at += length + 2;
        if (target != new XmlName(string.Empty, "xml"))
        {
            return XmlToken.Other;
        }

        if (XmlDeclaration.ValueOf("version", content) is { Length: > 0 } version && version != "1.0")
        {
            return Broken($"the version {version} is not known, only 1.0 is");
        }

        if (XmlDeclaration.ValueOf("encoding", content) is { Length: > 0 } encoding)
        {
            if (!XmlDeclaration.TryDecode(source[at..], encoding, out ReadOnlyMemory<byte> decoded))
            {
                return Broken($"the encoding {encoding} is not known");
            }

            source = decoded;
            at = 0;
        }

        return XmlToken.Other;
    }

    private XmlToken ReadDeclaration()
    {
        if (TrySkip("[CDATA["u8))
        {
            return TryReadSection() ? XmlToken.Text : XmlToken.Broken;
        }

        if (Next == '[')
        {
            return Broken("<![ begins no CDATA section");
        }

        return (Next == '-' ? TrySkipComment() : TrySkipDirective()) ? XmlToken.Other : XmlToken.Broken;
    }

    private bool TrySkipComment()
    {
        if (!TrySkip("--"u8))
        {
            return Fail("<!- begins no comment");
        }

        int length = Rest.IndexOf("--"u8);
        at += Math.Max(length, 0);
        return TrySkip("-->"u8) || Fail(length < 0 ? "a comment is not closed" : "-- stands within a comment");
    }

    /// <summary><c>&lt;!DOCTYPE ...></c> up to its end: quotes, brackets and comments within it count.</summary>
    private bool TrySkipDirective()
    {
        byte quote = 0;
        for (int depth = 1; depth > 0;)
        {
            if (at == source.Length)
            {
                return Fail("a declaration is not closed");
            }

            if (quote == 0 && Rest.StartsWith("<!--"u8))
            {
                at += 2;
                if (!TrySkipComment())
                {
                    return false;
                }

                continue;
            }

            byte next = source.Span[at++];
            if (quote != 0)
            {
                quote = next == quote ? (byte)0 : quote;
            }
            else if (next is (byte)'"' or (byte)'\'')
            {
                quote = next;
            }
            else
            {
                depth += next == '<' ? 1 : next == '>' ? -1 : 0;
            }
        }

        return true;
    }

    private bool TryReadName(out XmlName name)
    {
        ReadOnlySpan<byte> rest = Rest;
        int length = 0;
        while (length < rest.Length && (rest[length] >= 0x80 || char.IsAsciiLetterOrDigit((char)rest[length]) || rest[length] is (byte)'_' or (byte)':' or (byte)'.' or (byte)'-'))
        {
            length++;
        }

        name = default;
        string text = Encoding.UTF8.GetString(rest[..length]);
        int colon = text.IndexOf(':', StringComparison.Ordinal);
        if (text.Length == 0
            || !(text[0] == ':' || XmlConvert.IsStartNCNameChar(text[0]))
            || !text.All(c => c == ':' || XmlConvert.IsNCNameChar(c))
            || text.IndexOf(':', colon + 1) > colon)
        {
            return false;
        }

        at += length;
        name = colon > 0 && colon < text.Length - 1 ? new XmlName(text[..colon], text[(colon + 1)..]) : new XmlName(string.Empty, text);
        return true;
    }

    private void SkipBlanks()
    {
        while (Next is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n')
        {
            at++;
        }
    }

    private bool TrySkip(ReadOnlySpan<byte> expected)
    {
        bool isThere = Rest.StartsWith(expected);
        at += isThere ? expected.Length : 0;
        return isThere;
    }

    private XmlToken Broken(string problem)
    {
        Fail(problem);
        return XmlToken.Broken;
    }

    private bool Fail(string problem)
    {
        Problem = $"line {source.Span[..at].Count((byte)'\n') + 1}: {problem}";
        return false;
    }

    private readonly record struct XmlName(string Prefix, string Local);
}
