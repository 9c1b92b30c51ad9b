using Mapping.Cli.Commands;
using Mapping.Diagnostics;
using Mapping.Ir;
using Mapping.Syntax;
using Mapping.Text;

namespace Mapping.Cli.Repl;

/// <summary>What is typed with a colon in front.</summary>
internal sealed class SessionCommands
{
    private readonly Session session;
    private readonly Entry[] entries;

    public SessionCommands(Session session)
    {
        this.session = session;
        entries =
        [
            new("load", "FILE", "take the documents of a file, one per line", Load),
            new("next", "", "go to the next document", Next),
            new("input", "JSON", "make this the document", SetInput),
            new("meta", "k=v", "set metadata of the document; without k=v show it", Meta),
            new("vars", "", "show the variables", ShowVariables),
            new("ast", "[MAPPING]", "show the syntax tree, of all statements by default", Ast),
            new("ir", "[MAPPING]", "show the resolved form, of all statements by default", ShowResolved),
            new("undo", "", "take back the last statement", Undo),
            new("save", "FILE", "write the mapping to a file", Save),
            new("help", "[NAME]", "explain a function, a method or a code; without a name this list", Help),
            new("quit", "", "leave", _ => { }),
        ];
    }

    public IEnumerable<string> Names => entries.Select(entry => entry.Name);

    /// <summary>Runs a command; false when it says to leave.</summary>
    public bool Run(string line)
    {
        string[] parts = line[1..].Split(' ', 2, StringSplitOptions.TrimEntries);
        if (entries.FirstOrDefault(entry => entry.Name == parts[0]) is not { } command)
        {
            string hint = Suggestion.Hint(parts[0], Names) ?? ":help shows what there is";
            session.Output.WriteLine($"unknown command :{parts[0]}; {hint}");
            return true;
        }

        try
        {
            command.Body(parts.Length > 1 ? parts[1] : string.Empty);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or InvalidDataException or ArgumentException)
        {
            session.Output.WriteLine($"cannot {command.Name}: {Reason(error)}");
        }

        return command.Name != "quit";
    }

    private static string Reason(Exception error) => error switch
    {
        FileNotFoundException or DirectoryNotFoundException => "there is no such file",
        UnauthorizedAccessException => "permission denied",
        _ => error.Message,
    };

    private void Load(string path)
    {
        session.Documents.Load(path);
        session.Output.WriteLine(session.Documents.Count == 1 ? "1 document" : $"{session.Documents.Count} documents");
        session.Rerun();
    }

    private void Next(string rest)
    {
        if (session.Documents.TryMoveNext())
        {
            session.Output.WriteLine($"document {session.Documents.Index + 1} of {session.Documents.Count}");
            session.Rerun();
        }
        else
        {
            session.Output.WriteLine("this is the last document");
        }
    }

    private void SetInput(string json)
    {
        if (json.Length == 0)
        {
            session.Output.WriteLine(Evaluation.Show(session.Documents.Current));
            return;
        }

        session.Documents.Set(json);
        session.Rerun();
    }

    private void Meta(string pair)
    {
        int equals = pair.IndexOf('=', StringComparison.Ordinal);
        if (equals > 0)
        {
            session.Metadata[pair[..equals].Trim()] = pair[(equals + 1)..].Trim();
        }

        foreach ((string name, string value) in session.Metadata)
        {
            session.Output.WriteLine($"@{name} = {value}");
        }
    }

    private void ShowVariables(string rest)
    {
        foreach (NameSyntax name in session.Variables)
        {
            string reading = name.Quoted ? $"var(\"{System.Text.Json.JsonEncodedText.Encode(name.Text)}\")" : $"${name.Text}";
            session.Output.WriteLine($"{reading} = {session.Evaluate(reading).Text}");
        }
    }

    private void Ast(string text)
    {
        MappingSyntax? syntax = MappingEnvironment.Parse(Chosen(text), out IReadOnlyList<Diagnostic> diagnostics);
        Print(syntax is null ? null : SyntaxPrinter.Print(syntax), diagnostics);
    }

    private void ShowResolved(string text)
    {
        BoundMapping? bound = Environments.Full.Bind(Chosen(text), out IReadOnlyList<Diagnostic> diagnostics);
        Print(bound is null ? null : IrPrinter.Print(bound), diagnostics);
    }

    private SourceText Chosen(string text) => new(text.Length == 0 ? session.Text : text);

    private void Print(string? outline, IReadOnlyList<Diagnostic> diagnostics) => session.Output.WriteLine(outline?.TrimEnd() ?? string.Join('\n', diagnostics));

    private void Undo(string rest)
    {
        if (session.Undo())
        {
            session.Rerun();
        }
        else
        {
            session.Output.WriteLine("there is nothing to take back");
        }
    }

    private void Save(string path)
    {
        session.Save(path);
        session.Output.WriteLine($"saved {path}");
    }

    private void Help(string name)
    {
        if (name.Length == 0)
        {
            foreach (Entry entry in entries)
            {
                session.Output.WriteLine($"  {$":{entry.Name} {entry.Usage}",-16} {entry.Summary}");
            }
        }
        else if (!HelpCommand.TryWrite(name, session.Output))
        {
            HelpCommand.Unknown(name).Report(session.Output);
        }
    }

    private sealed record Entry(string Name, string Usage, string Summary, Action<string> Body);
}
