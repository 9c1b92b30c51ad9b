using System.Text;

namespace Mapping.Builtins.Parsing;

/// <summary><c>&lt;?xml version="1.0" encoding="..."?></c>: what it says, and the text in the encoding it names.</summary>
internal static class XmlDeclaration
{
    /// <summary>The value in quotes behind a name; null without one.</summary>
    public static string? ValueOf(string name, string content)
    {
        int start = content.IndexOf(name + "=", StringComparison.Ordinal) + name.Length + 1;
        if (start <= name.Length || start >= content.Length || content[start] is not ('"' or '\''))
        {
            return null;
        }

        int end = content.IndexOf(content[start], start + 1);
        return end < 0 ? null : content[(start + 1)..end];
    }

    /// <summary>False when the encoding is not known.</summary>
    public static bool TryDecode(ReadOnlyMemory<byte> text, string encoding, out ReadOnlyMemory<byte> utf8)
    {
        utf8 = text;
        if (encoding.Equals("utf-8", StringComparison.OrdinalIgnoreCase) || encoding.Equals("utf8", StringComparison.OrdinalIgnoreCase))
        {
            return true;
        }

        if (Find(encoding) is not { } known)
        {
            return false;
        }

        utf8 = Encoding.Convert(known, Encoding.UTF8, text.ToArray());
        return true;
    }

    private static Encoding? Find(string name)
    {
        try
        {
            // On the web, and so here, the names of Latin-1 and ASCII stand for what Windows makes of them.
            string usual = name.ToLowerInvariant() is "iso-8859-1" or "latin1" or "us-ascii" or "ascii" ? "windows-1252" : name;
            return CodePagesEncodingProvider.Instance.GetEncoding(usual) ?? Encoding.GetEncoding(usual);
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            return null;
        }
    }
}
