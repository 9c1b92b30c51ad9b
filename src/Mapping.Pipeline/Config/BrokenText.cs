using System.Text.RegularExpressions;
using Mapping.Text;

namespace Mapping.Pipeline.Config;

/// <summary>Keeps secrets of a text that is no YAML out of the lines that are quoted: rather too much than too little, as nobody knows its structure.</summary>
internal static partial class BrokenText
{
    private const string Headers = "headers";

    /// <summary>Hides what may be the value of a key that may stand for a secret, over lines as well.</summary>
    public static void HideSecrets(SourceText source, ISecretNames names)
    {
        string text = source.Content;
        foreach (Match pair in Pair().Matches(text))
        {
            Group value = pair.Groups["value"];
            string key = pair.Groups["key"].Value;
            bool isWhole = key == Headers;
            if ((isWhole || names.MayHold(key)) && !Secrets.IsVariable(value.Value.Trim('"', '\'')))
            {
                int lineEnd = EndOfLine(text, value.Index);
                int end = isWhole || GoesOn(value.Value) ? EndOfBlock(text, pair.Index, lineEnd) : value.Index + value.Length;
                source.Hide(TextSpan.FromBounds(value.Index, end));
            }
        }

        foreach (Match pem in Pem().Matches(text))
        {
            source.Hide(new TextSpan(pem.Index, pem.Length));
        }
    }

    /// <summary>Whether a value has only begun in its line.</summary>
    private static bool GoesOn(string value) =>
        value.Length == 0 || value[0] is '|' or '>' || (value[0] is '"' or '\'' && (value.Length == 1 || value[^1] != value[0]));

    private static int EndOfLine(string text, int at) => text.IndexOf('\n', at) is var end and >= 0 ? end : text.Length;

    /// <summary>Where the next line begins that is not indented deeper than the one of the key.</summary>
    private static int EndOfBlock(string text, int key, int lineEnd)
    {
        int indentation = Indentation(text, key == 0 ? 0 : text.LastIndexOf('\n', key - 1) + 1);
        int end = lineEnd;
        while (end < text.Length)
        {
            int next = EndOfLine(text, end + 1 < text.Length ? end + 1 : end);
            if (end + 1 >= text.Length || (!string.IsNullOrWhiteSpace(text[(end + 1)..next]) && Indentation(text, end + 1) <= indentation))
            {
                break;
            }

            end = next;
        }

        return end;
    }

    private static int Indentation(string text, int start)
    {
        int at = start;
        while (at < text.Length && text[at] == ' ')
        {
            at++;
        }

        return at - start;
    }

    [GeneratedRegex("-----BEGIN(?s:.*?)(-----END[^\n]*|\\z)")]
    private static partial Regex Pem();

    /// <summary>Without quotes a value reaches to the end of the line, or in braces to a comma or the closing one.</summary>
    [GeneratedRegex("""
        (?x)
        (?<key> \w+ ) ["']? [ \t]* : [ \t]*
        (?= (?<value>
            " (?: [^"\\\n] | \\. )* "?
          | ' (?: [^'\n] | '' )* '?
          | \$ \{ [^}\n]* \}
          | (?<= \{ [^\n]* ) [^\s"'] [^\n,}]*
          | [^\s"'] [^\n]*
          | (?= \r? \n )
        ) )
        """)]
    private static partial Regex Pair();
}
