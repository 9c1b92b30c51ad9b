using System.Text;
using System.Text.RegularExpressions;

namespace Mapping.Pipeline.Components.Inputs;

/// <summary>Wildcards in paths: <c>*</c>, <c>?</c>, <c>[...]</c>, <c>{a,b}</c>, and <c>**</c> for any number of folders.</summary>
internal static class FileGlob
{
    /// <summary>The files that match, in the order of their names; a path without wildcards stands for itself.</summary>
    public static IEnumerable<string> Expand(string pattern)
    {
        int wildcard = pattern.AsSpan().IndexOfAny("*?[{");
        if (wildcard < 0)
        {
            return [pattern];
        }

        int slash = pattern.LastIndexOf('/', wildcard);
        string folder = slash < 0 ? "." : slash == 0 ? "/" : pattern[..slash];
        if (!Directory.Exists(folder))
        {
            return [];
        }

        var form = new Regex(FormOf(pattern), RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);
        SearchOption depth = pattern.IndexOf('/', wildcard) >= 0 || pattern.Contains("**", StringComparison.Ordinal) ? SearchOption.AllDirectories : SearchOption.TopDirectoryOnly;
        return Directory.EnumerateFiles(folder, "*", depth)
            .Select(file => slash < 0 ? file[2..] : file)
            .Where(file => form.IsMatch(file))
            .Order(StringComparer.Ordinal);
    }

    private static string FormOf(string pattern)
    {
        var form = new StringBuilder(@"\A");
        int braces = 0;
        for (int i = 0; i < pattern.Length; i++)
        {
            switch (pattern[i])
            {
                case '*' when pattern.AsSpan(i).StartsWith("**/"):
                    form.Append("(?:[^/]+/)*");
                    i += 2;
                    break;
                case '*' when pattern.AsSpan(i).StartsWith("**"):
                    form.Append(".*");
                    i++;
                    break;
                case '*':
                    form.Append("[^/]*");
                    break;
                case '?':
                    form.Append("[^/]");
                    break;
                case '[' when pattern.IndexOf(']', i + 1) is > 0 and var end:
                    form.Append('[').Append(pattern[i + 1] is '!' or '^' ? "^" : string.Empty)
                        .Append(pattern.AsSpan(pattern[i + 1] is '!' or '^' ? i + 2 : i + 1, end - (pattern[i + 1] is '!' or '^' ? i + 2 : i + 1)).ToString().Replace(@"\", @"\\", StringComparison.Ordinal)).Append(']');
                    i = end;
                    break;
                case '{':
                    form.Append("(?:");
                    braces++;
                    break;
                case '}' when braces > 0:
                    form.Append(')');
                    braces--;
                    break;
                case ',' when braces > 0:
                    form.Append('|');
                    break;
                default:
                    form.Append(Regex.Escape(pattern[i].ToString()));
                    break;
            }
        }

        return form.Append(@"\z").ToString();
    }
}
