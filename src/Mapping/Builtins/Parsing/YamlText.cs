using System.Globalization;
using System.Text;
using Mapping.Builtins.Strings;

namespace Mapping.Builtins.Parsing;

/// <summary>How a text has to be quoted in YAML.</summary>
internal static class YamlText
{
    /// <summary>Plain where that reads back as the same string, single quotes where the syntax asks for quotes, else double ones.</summary>
    public static string OnOneLine(string text)
    {
        if (YamlScalar.IsSpecial(text) || IsOldBool(text) || text.Any(NeedsEscape))
        {
            return DoubleQuoted(text);
        }

        return CanBePlain(text) ? text : $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";
    }

    public static bool CanBePlain(string text)
    {
        if (text.Length == 0 || text[0] == ' ' || text[^1] == ' ' || text.Any(NeedsEscape)
            || text.StartsWith("---", StringComparison.Ordinal) || text.StartsWith("...", StringComparison.Ordinal))
        {
            return false;
        }

        bool startsLikePlain = text[0] is '-' or '?' or ':' && text.Length > 1 && text[1] != ' ';
        if (!startsLikePlain && "-?:,[]{}#&*!|>'\"%@`".Contains(text[0], StringComparison.Ordinal))
        {
            return false;
        }

        return !text.Contains(": ", StringComparison.Ordinal) && !text.Contains(" #", StringComparison.Ordinal) && text[^1] != ':';
    }

    /// <summary>Whether the text has several lines that can stand as they are.</summary>
    public static bool CanBeBlock(string text) =>
        text.Contains('\n', StringComparison.Ordinal) && text[0] is not (' ' or '\n' or '\t') && !text.Any(c => c != '\n' && NeedsEscape(c))
        && !text.Contains(" \n", StringComparison.Ordinal) && text[^1] != ' ';

    public static string DoubleQuoted(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (Rune rune in text.EnumerateRunes())
        {
            quoted.Append(rune.Value switch
            {
                '"' => "\\\"",
                '\\' => "\\\\",
                '\n' => "\\n",
                '\r' => "\\r",
                '\t' => "\\t",
                < 0x20 or 0x7F => $"\\x{rune.Value:X2}",
                _ when QuotedText.IsPrintable(rune) => rune.ToString(),
                <= 0xFFFF => $"\\u{rune.Value:X4}",
                _ => $"\\U{rune.Value:X8}",
            });
        }

        return quoted.Append('"').ToString();
    }

    /// <summary>Words that older readers take for booleans.</summary>
    private static bool IsOldBool(string text) => text.Length <= 3 && text.ToLowerInvariant() is "y" or "n" or "yes" or "no" or "on" or "off";

    private static bool NeedsEscape(char c) => c < ' ' || CharUnicodeInfo.GetUnicodeCategory(c) is UnicodeCategory.Control or UnicodeCategory.Format
        or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.PrivateUse || c == '\u00A0';
}
