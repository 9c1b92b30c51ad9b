using Mapping.Builtins.Strings.Format;
using Mapping.Functions;

namespace Mapping.Builtins.Strings;

/// <summary>The list of this folder.</summary>
internal static class StringBuiltins
{
    public static IReadOnlyList<BuiltinGroup> All { get; } =
    [
        new(".uppercase .lowercase", static () => [Case.Uppercase, Case.Lowercase]),
        new(".capitalize", static () => [Capitalizing.Capitalize]),
        new(".trim .trim_prefix .trim_suffix", static () => [Trimming.Trim, Trimming.TrimPrefix, Trimming.TrimSuffix]),
        new(
            ".has_prefix .has_suffix .index_of .contains",
            static () => [Searching.HasPrefix, Searching.HasSuffix, Searching.IndexOf, Searching.Contains]),
        new(".split .join", static () => [Splitting.Split, Splitting.Join]),
        new(".repeat .reverse", static () => [Repetition.Repeat, Repetition.Reverse]),
        new(".slice .length", static () => [Slicing.Slice, Slicing.Length]),
        new(
            ".replace .replace_all .replace_many .replace_all_many",
            static () => [Replacing.Replace, Replacing.ReplaceAll, Replacing.ReplaceMany, Replacing.ReplaceAllMany]),
        new(".format", static () => [Formatting.Format]),
        new(".quote .unquote", static () => [Quoting.Quote, Quoting.Unquote]),
        new(".filepath_join .filepath_split", static () => [FilePaths.FilepathJoin, FilePaths.FilepathSplit]),
        new(".escape_html .unescape_html", static () => [HtmlEscaping.EscapeHtml, HtmlEscaping.UnescapeHtml]),
        new(
            ".escape_url_query .escape_url_path .unescape_url_query .unescape_url_path",
            static () => [UrlEscaping.EscapeUrlQuery, UrlEscaping.EscapeUrlPath, UrlEscaping.UnescapeUrlQuery, UrlEscaping.UnescapeUrlPath]),
        new(
            ".re_match .re_find_all .re_find_all_submatch .re_find_object .re_find_all_object",
            static () => [RegexFinding.ReMatch, RegexFinding.ReFindAll, RegexFinding.ReFindAllSubmatch, RegexFinding.ReFindObject, RegexFinding.ReFindAllObject]),
        new(".re_replace .re_replace_all", static () => [RegexReplacing.ReReplace, RegexReplacing.ReReplaceAll]),
        new(".unicode_segments", static () => [Segmenting.UnicodeSegments]),
    ];
}
