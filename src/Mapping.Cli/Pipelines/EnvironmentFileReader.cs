using System.Globalization;
using System.Text;

namespace Mapping.Cli.Pipelines;

/// <summary>
/// Reads a file of variables: <c>NAME=VALUE</c>, with <c>export</c> before it or not, comments behind <c>#</c>. A value in single quotes
/// is what stands there; in double quotes it has escapes; both may span lines. Nothing in a value refers to another variable.
/// </summary>
internal sealed class EnvironmentFileReader(string path, string text)
{
    private int at;

    /// <exception cref="Problem">A line is wrong. It is not quoted, as it may hold a secret.</exception>
    public IReadOnlyList<(string Name, string Value)> Read()
    {
        var variables = new List<(string, string)>();
        while (true)
        {
            SkipBlanks(alsoLines: true);
            if (at == text.Length)
            {
                return variables;
            }

            if (text[at] == '#')
            {
                SkipLine();
                continue;
            }

            variables.Add((ReadName(), ReadValue()));
        }
    }

    private string ReadName()
    {
        int start = at;
        string word = ReadWord();
        if (word == "export" && at < text.Length && text[at] is ' ' or '\t')
        {
            SkipBlanks(alsoLines: false);
            start = at;
            word = ReadWord();
        }

        SkipBlanks(alsoLines: false);
        if (word.Length == 0 || char.IsAsciiDigit(word[0]) || at == text.Length || text[at] != '=')
        {
            throw Wrong(start, "expected NAME=VALUE", "a name is made of letters, digits, \"_\" and \".\", and does not begin with a digit; a comment begins with \"#\"");
        }

        at++;
        return word;
    }

    private string ReadWord()
    {
        int start = at;
        while (at < text.Length && (char.IsAsciiLetterOrDigit(text[at]) || text[at] is '_' or '.'))
        {
            at++;
        }

        return text[start..at];
    }

    private string ReadValue()
    {
        SkipBlanks(alsoLines: false);
        if (at == text.Length || text[at] is not ('"' or '\''))
        {
            return ReadPlain();
        }

        string value = ReadQuoted(text[at]);
        SkipBlanks(alsoLines: false);
        if (at < text.Length && text[at] is not ('#' or '\n'))
        {
            throw Wrong(at, "there is something behind the closing quote", "only a comment may stand there; a quote within double quotes is written \\\"");
        }

        SkipLine();
        return value;
    }

    /// <summary>To the end of the line, or to a comment with a blank before it.</summary>
    private string ReadPlain()
    {
        int start = at;
        SkipLine();
        string value = text[start..at];
        for (int i = 0; i < value.Length; i++)
        {
            if (value[i] == '#' && (i == 0 || value[i - 1] is ' ' or '\t'))
            {
                value = value[..i];
            }
        }

        return value.Trim();
    }

    private string ReadQuoted(char quote)
    {
        int start = at++;
        var value = new StringBuilder();
        for (; at < text.Length && text[at] != quote; at++)
        {
            if (text[at] == '\\' && quote == '"' && at + 1 < text.Length)
            {
                at++;
                value.Append(text[at] switch { 'n' => "\n", 'r' => "\r", 't' => "\t", '"' or '\\' or '$' => text[at].ToString(), var other => "\\" + other });
            }
            else if (text[at] != '\r')
            {
                value.Append(text[at]);
            }
        }

        if (at == text.Length)
        {
            throw Wrong(start, "the quote is not closed", $"a value that begins with {quote} ends with one");
        }

        at++;
        return value.ToString();
    }

    private void SkipBlanks(bool alsoLines)
    {
        while (at < text.Length && (text[at] is ' ' or '\t' or '\r' || (alsoLines && text[at] == '\n')))
        {
            at++;
        }
    }

    private void SkipLine()
    {
        int end = text.IndexOf('\n', at);
        at = end < 0 ? text.Length : end;
    }

    private Problem Wrong(int place, string message, string remedy)
    {
        int line = text.AsSpan(0, place).Count('\n') + 1;
        return new Problem(ExitCodes.InvalidMapping, string.Create(CultureInfo.InvariantCulture, $"{path}:{line}: {message}"), remedy);
    }
}
