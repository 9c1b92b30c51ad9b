using System.Text;
using Mapping.Diagnostics;
using Mapping.Functions;
using Mapping.Syntax;
using Mapping.Text;

namespace Mapping.Cli.Repl;

/// <summary>A mapping that grows by one statement at a time and runs on the current document after each.</summary>
internal sealed class Session(TextWriter output)
{
    private readonly List<string> statements = [];

    public DocumentQueue Documents { get; } = new();

    public SortedDictionary<string, string> Metadata { get; } = new(StringComparer.Ordinal);

    /// <summary>The mapping as it would be saved.</summary>
    public string Text => string.Concat(statements.Select(statement => statement + "\n"));

    public TextWriter Output { get; } = output;

    /// <summary>The variables that statements outside of maps assign.</summary>
    public IReadOnlyList<NameSyntax> Variables =>
        statements.Count > 0 && MappingEnvironment.Parse(new SourceText(Text), out _) is StatementsSyntax syntax
            ? [.. LetNames(syntax.Statements).DistinctBy(name => name.Text)]
            : [];

    /// <summary>Whether a text ends before what it began is complete.</summary>
    public static bool IsIncomplete(string text)
    {
        string trimmed = text.TrimEnd();
        MappingEnvironment.Parse(new SourceText(trimmed), out IReadOnlyList<Diagnostic> diagnostics);
        return trimmed.Length > 0 && diagnostics.Count > 0 && diagnostics[0].Code != DiagnosticCodes.EmptyMapping && diagnostics.All(diagnostic =>
            diagnostic.Span.Start >= trimmed.Length || (diagnostic.Code == DiagnosticCodes.UnterminatedString && IsTripleQuoted(trimmed, diagnostic)));
    }

    /// <summary>Runs a statement and keeps it when it does not fail, or shows the value of an expression.</summary>
    public void Submit(string text)
    {
        MappingSyntax? syntax = MappingEnvironment.Parse(new SourceText(text), out IReadOnlyList<Diagnostic> diagnostics);
        if (syntax is null)
        {
            if (diagnostics.All(diagnostic => diagnostic.Code != DiagnosticCodes.EmptyMapping))
            {
                Output.WriteLine(string.Join('\n', diagnostics));
            }

            return;
        }

        switch (syntax)
        {
            case ShorthandSyntax:
                // In brackets, so that comments and line breaks in it stay harmless.
                Output.WriteLine(Evaluation.Of($"{Text}root = (", text, "\n)", NewMessage()).Text);
                break;
            case FileReferenceSyntax:
                Output.WriteLine(Evaluation.Of(string.Empty, text, string.Empty, NewMessage()).Text);
                break;
            default:
                Evaluation result = Evaluation.Of(Text, text, "\n", NewMessage());
                Output.WriteLine(result.Text);
                if (result.IsFine)
                {
                    statements.Add(text);
                }
                else
                {
                    Output.WriteLine("(not kept)");
                }

                break;
        }
    }

    /// <summary>Runs what was kept on the current document.</summary>
    public void Rerun() =>
        Output.WriteLine(statements.Count == 0 ? Evaluation.Show(Documents.Current) : Evaluation.Of(string.Empty, Text, string.Empty, NewMessage()).Text);

    /// <summary>The value of an expression on one line.</summary>
    public Evaluation Evaluate(string expression) => Evaluation.Of($"{Text}root = (", expression, ")", NewMessage(), isPretty: false);

    /// <summary>The document as mapped so far, as compact JSON; null when it fails.</summary>
    public string? Root() =>
        statements.Count > 0 && Evaluation.Of(string.Empty, Text, string.Empty, NewMessage(), isPretty: false) is { IsFine: true } result ? result.Text : null;

    public bool Undo()
    {
        if (statements.Count == 0)
        {
            return false;
        }

        statements.RemoveAt(statements.Count - 1);
        return true;
    }

    public void Save(string path) => File.WriteAllText(path, Text, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));

    private Message NewMessage()
    {
        var message = new Message(Documents.Current);
        foreach ((string name, string value) in Metadata)
        {
            message.SetMetadata(name, value);
        }

        return message;
    }

    private static IEnumerable<NameSyntax> LetNames(IEnumerable<StatementSyntax> statements) => statements.SelectMany(statement => statement switch
    {
        LetSyntax let => [let.Name],
        IfStatementSyntax choice => LetNames(choice.Branches.SelectMany(branch => branch.Body).Concat(choice.Else ?? [])),
        _ => Enumerable.Empty<NameSyntax>(),
    });

    private static bool IsTripleQuoted(string text, Diagnostic diagnostic) =>
        string.CompareOrdinal(text, diagnostic.Span.Start, "\"\"\"", 0, 3) == 0;
}
