namespace Mapping.Syntax;

/// <summary>
/// Finds the brace that ends a query within other text. Braces are paired in every query, and those in strings and comments do not count,
/// so the end is known before the query is parsed.
/// </summary>
internal static class QueryEnd
{
    /// <summary>The offset of the closing brace, or the length of the text.</summary>
    public static int Find(string text, int start)
    {
        int depth = 0;
        for (int i = start; i < text.Length; i++)
        {
            switch (text[i])
            {
                case '{':
                    depth++;
                    break;
                case '}' when depth-- == 0:
                    return i;
                case '"':
                    i = StringEnd(text, i);
                    break;
                case '#':
                    int line = text.IndexOf('\n', i);
                    i = line < 0 ? text.Length : line;
                    break;
            }
        }

        return text.Length;
    }

    /// <summary>The offset of the last quote of a string; of the opening one if it is not closed.</summary>
    private static int StringEnd(string text, int start)
    {
        if (string.CompareOrdinal(text, start, "\"\"\"", 0, 3) == 0)
        {
            int end = text.IndexOf("\"\"\"", start + 3, StringComparison.Ordinal);
            return end < 0 ? start + 2 : end + 2;
        }

        for (int i = start + 1; i < text.Length && text[i] != '\n'; i++)
        {
            if (text[i] == '\\')
            {
                i++;
            }
            else if (text[i] == '"')
            {
                return i;
            }
        }

        return start;
    }
}
