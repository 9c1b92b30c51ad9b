using RadLine;
using Spectre.Console;

namespace Mapping.Cli.Repl;

/// <summary>Colours for the words of a line while it is typed; the editor splits the line.</summary>
internal sealed class MappingHighlighter : IHighlighter
{
    private static readonly Style Keyword = new(Color.Fuchsia);
    private static readonly Style Number = new(Color.Aqua);
    private static readonly Style Builtin = new(Color.Blue);
    private static readonly Style Quoted = new(Color.Green);

    private static readonly HashSet<string> Keywords =
        ["root", "this", "let", "meta", "map", "import", "from", "if", "else", "match", "true", "false", "null"];

    public Style? Highlight(string text) => text switch
    {
        "" => null,
        ['"', ..] => Quoted,
        _ when Keywords.Contains(text) => Keyword,
        _ when text.All(char.IsAsciiDigit) => Number,
        _ when Environments.Full.Registry.Methods.ContainsKey(text) || Environments.Full.Registry.Functions.ContainsKey(text) => Builtin,
        _ => null,
    };
}
