using Mapping.Builtins.Strings.Format;
using Mapping.Functions;

namespace Mapping.Builtins.Strings;

/// <summary>The list of this folder.</summary>
internal static class StringBuiltins
{
    public static IReadOnlyList<Builtin> All { get; } =
    [
        Case.Uppercase,
        Case.Lowercase,
        Capitalizing.Capitalize,
        Trimming.Trim,
        Trimming.TrimPrefix,
        Trimming.TrimSuffix,
        Searching.HasPrefix,
        Searching.HasSuffix,
        Searching.IndexOf,
        Searching.Contains,
        Splitting.Split,
        Splitting.Join,
        Repetition.Repeat,
        Repetition.Reverse,
        Slicing.Slice,
        Slicing.Length,
        Replacing.Replace,
        Replacing.ReplaceAll,
        Replacing.ReplaceMany,
        Replacing.ReplaceAllMany,
        Formatting.Format,
        Quoting.Quote,
        Quoting.Unquote,
        FilePaths.FilepathJoin,
        FilePaths.FilepathSplit,
        HtmlEscaping.EscapeHtml,
        HtmlEscaping.UnescapeHtml,
        UrlEscaping.EscapeUrlQuery,
        UrlEscaping.EscapeUrlPath,
        UrlEscaping.UnescapeUrlQuery,
        UrlEscaping.UnescapeUrlPath,
        RegexFinding.ReMatch,
        RegexFinding.ReFindAll,
        RegexFinding.ReFindAllSubmatch,
        RegexFinding.ReFindObject,
        RegexFinding.ReFindAllObject,
        RegexReplacing.ReReplace,
        RegexReplacing.ReReplaceAll,
        Segmenting.UnicodeSegments,
    ];
}
