using RadLine;
using Spectre.Console;

namespace Mapping.Cli.Repl;

/// <summary>The sign before a line: another one while a statement goes on.</summary>
internal sealed class EntryPrompt : ILineEditorPrompt
{
    private static readonly Markup First = new("[blue]>[/]");
    private static readonly Markup Further = new("[blue].[/]");

    public bool IsContinuation { get; set; }

    public (Markup Markup, int Margin) GetPrompt(ILineEditorState state, int line) => (IsContinuation ? Further : First, 1);
}
