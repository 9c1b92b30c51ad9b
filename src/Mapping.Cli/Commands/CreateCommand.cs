using System.CommandLine;
using Mapping.Cli.Pipelines;
using Mapping.Diagnostics;
using Mapping.Pipeline.Contracts;
using Mapping.Pipeline.Graph;
using Mapping.Pipeline.Reference;

namespace Mapping.Cli.Commands;

/// <summary><c>blobl create INPUT/PROCESSORS/OUTPUT</c>: a configuration to begin with.</summary>
internal static class CreateCommand
{
    private const string Summary = """
        Prints a configuration to begin with, with every field and its default.

        WHAT is an input, processors and an output, as in file/mapping,log/stdout. Left out, they are stdin, mapping and stdout.

        Exit codes: 0 fine, 2 usage.
        """;

    public static Command Create(StandardStreams streams)
    {
        var what = new Argument<string?>("WHAT") { HelpName = "INPUT/PROCESSORS/OUTPUT", Description = "Which components.", Arity = ArgumentArity.ZeroOrOne };
        var small = new Option<bool>("--small") { Description = "Without the fields that are rarely needed." };
        var command = new Command("create", Summary) { what, small };
        command.SetAction(parsed =>
        {
            try
            {
                string text = Write(parsed.GetValue(what) ?? string.Empty, parsed.GetValue(small));
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

    private static string Write(string what, bool isSmall)
    {
        string[] parts = what.Split('/');
        if (parts.Length > 3)
        {
            throw new Problem(ExitCodes.Usage, $"\"{what}\" has more than three parts", "as in file/mapping,log/stdout");
        }

        string Part(int index, string otherwise) => index < parts.Length && parts[index].Length > 0 ? parts[index] : otherwise;
        ComponentType input = Find(ComponentKind.Input, Part(0, "stdin"));
        ComponentType[] processors = [.. Part(1, "mapping").Split(',').Select(name => Find(ComponentKind.Processor, name.Trim()))];
        return Sample.Pipeline(input, processors, Find(ComponentKind.Output, Part(2, "stdout")), isSmall);
    }

    private static ComponentType Find(ComponentKind kind, string name) =>
        AllComponents.Instance.Find(kind, name)
        ?? throw new Problem(ExitCodes.Usage, $"unknown {kind.Word()} \"{name}\"", Suggestion.Hint(name, AllComponents.Instance.NamesOf(kind)) ?? $"\"blobl list {kind.Plural()}\" tells which there are");
}
