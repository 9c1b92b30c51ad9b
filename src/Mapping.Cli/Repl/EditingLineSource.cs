using RadLine;
using Spectre.Console;

namespace Mapping.Cli.Repl;

/// <summary>Lines edited in a terminal, with history, completion and colours.</summary>
internal sealed class EditingLineSource : ILineSource
{
    private readonly EntryPrompt prompt = new();
    private readonly LineEditor editor;
    private readonly HistoryFile history;

    public EditingLineSource(MappingCompletion completion, HistoryFile history)
    {
        this.history = history;
        editor = new LineEditor { Prompt = prompt, Completion = completion, Highlighter = new MappingHighlighter() };
        editor.KeyBindings.Add(ConsoleKey.Tab, () => new AutoCompleteCommand(AutoComplete.Next));
        foreach (string entry in history.Load())
        {
            editor.History.Add(entry);
        }
    }

    public static bool IsSupported => LineEditor.IsSupported(AnsiConsole.Console) && Environment.GetEnvironmentVariable("TERM") != "dumb";

    public string? Read(bool isContinuation)
    {
        prompt.IsContinuation = isContinuation;
        return editor.ReadLine(CancellationToken.None).GetAwaiter().GetResult();
    }

    public void Remember(string entry) => history.Append(entry);
}
