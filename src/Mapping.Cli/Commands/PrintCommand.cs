using System.CommandLine;
using Mapping.Diagnostics;
using Mapping.Ir;
using Mapping.Syntax;
using Mapping.Text;

namespace Mapping.Cli.Commands;

/// <summary><c>blobl print --ast|--ir MAPPING</c>: shows what the compiler makes of a mapping.</summary>
internal static class PrintCommand
{
    private const string Summary = """
        Shows what the compiler makes of a mapping: its syntax tree, or the resolved form that is executed.

        Exit codes: 0 fine, 2 usage, 3 the mapping is invalid, 4 the file cannot be read.
        """;

    public static Command Create(StandardStreams streams)
    {
        var mapping = new Argument<string?>("MAPPING")
        {
            Description = "The mapping, unless it is given by --file.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var file = new Option<string?>("--file", "-f") { Description = "Read the mapping from a file.", HelpName = "FILE" };
        var ast = new Option<bool>("--ast") { Description = "Print the syntax tree." };
        var ir = new Option<bool>("--ir") { Description = "Print the resolved form: names looked up, defaults filled in, constants folded; and what the mapping reads, writes and copies." };
        var command = new Command("print", Summary) { mapping, file, ast, ir };
        command.Validators.Add(result =>
        {
            if (result.GetValue(ast) == result.GetValue(ir))
            {
                result.AddError("give either --ast or --ir");
            }

            if (result.GetValue(file) is null == result.GetValue(mapping) is null)
            {
                result.AddError("give the mapping either as an argument or as a file with -f");
            }
        });
        command.SetAction(parsed =>
        {
            try
            {
                SourceText source = parsed.GetValue(file) is { } path ? Read(path) : new SourceText(parsed.GetValue(mapping)!);
                string text = Print(source, parsed.GetValue(ast), streams.Error);
                using TextWriter output = streams.OpenOutputText();
                output.Write(text);
                return ExitCodes.Fine;
            }
            catch (Problem problem)
            {
                return problem.Report(streams.Error);
            }
        });
        return command;
    }

    private static string Print(SourceText source, bool asSyntax, TextWriter error)
    {
        IReadOnlyList<Diagnostic> diagnostics;
        string? text = asSyntax
            ? MappingEnvironment.Parse(source, out diagnostics) is { } syntax ? SyntaxPrinter.Print(syntax) : null
            : Environments.Full.Bind(source, out diagnostics) is { } bound ? IrPrinter.Print(bound) : null;
        foreach (Diagnostic diagnostic in diagnostics)
        {
            error.WriteLine(diagnostic.ToString());
        }

        return text ?? throw new Problem(ExitCodes.InvalidMapping, diagnostics.Count == 1 ? "the mapping has an error" : $"the mapping has {diagnostics.Count} errors");
    }

    private static SourceText Read(string path)
    {
        try
        {
            return SourceText.FromUtf8(File.ReadAllBytes(path), path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw Problem.UnreadableFile("mapping file", path, error, "check the path given to -f");
        }
    }
}
