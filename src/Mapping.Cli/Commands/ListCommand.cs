using System.CommandLine;
using Mapping.Cli.Catalogue;
using Mapping.Diagnostics;
using Mapping.Functions;

namespace Mapping.Cli.Commands;

/// <summary><c>blobl list functions|methods [NAME...]</c>: what a mapping can call.</summary>
internal static class ListCommand
{
    public static Command Create(StandardStreams streams)
    {
        Registry registry = Environments.Full.Registry;
        var command = new Command("list", "Lists what a mapping can call and what a configuration is made of.")
        {
            Create("functions", "function", registry.Functions, streams),
            Create("methods", "method", registry.Methods, streams),
        };
#if PIPELINE
        foreach (Command components in ListComponents.Create(streams))
        {
            command.Add(components);
        }
#endif
        return command;
    }

    private static Command Create(string listName, string kind, BuiltinTable known, StandardStreams streams)
    {
        var names = new Argument<string[]>("NAME") { HelpName = "NAME", Description = $"Only these {listName}.", Arity = ArgumentArity.ZeroOrMore };
        names.CompletionSources.Add(_ => known.Keys.Order(StringComparer.Ordinal).Select(name => new System.CommandLine.Completions.CompletionItem(name)));
        var format = new Option<string>("--format") { Description = "text, json with everything known, jsonschema of the arguments, or markdown.", HelpName = "text|json|jsonschema|markdown", DefaultValueFactory = _ => "text" };
        format.AcceptOnlyFromAmong("text", "json", "jsonschema", "markdown");
        var command = new Command(listName, $"Lists the {listName}, by group.") { names, format };
        command.SetAction(parsed =>
        {
            try
            {
                IReadOnlyList<Builtin> chosen = Choose(parsed.GetValue(names) ?? [], kind, known);
                using TextWriter output = streams.OpenOutputText();
                switch (parsed.GetValue(format))
                {
                    case "json":
                        output.WriteLine(SpecificationWriter.ToJson(chosen, $"bloblang-{listName}"));
                        break;
                    case "jsonschema":
                        output.WriteLine(ArgumentSchemaWriter.ToJson(chosen, $"bloblang-{listName}"));
                        break;
                    case "markdown":
                        output.Write(ReferenceWriter.ToMarkdown(chosen, listName));
                        break;
                    default:
                        WriteText(chosen, output);
                        break;
                }

                return ExitCodes.Fine;
            }
            catch (Problem problem)
            {
                return problem.Report(streams.Error);
            }
        });
        return command;
    }

    private static Builtin[] Choose(string[] names, string kind, BuiltinTable known)
    {
        foreach (string name in names.Where(name => !known.ContainsKey(name)))
        {
            throw new Problem(ExitCodes.Usage, $"unknown {kind} \"{name}\"", Suggestion.Hint(name, known.Keys));
        }

        return [.. (names.Length == 0 ? known.Values : names.Distinct().Select(name => known[name])).OrderBy(builtin => builtin.Name, StringComparer.Ordinal)];
    }

    private static void WriteText(IReadOnlyList<Builtin> builtins, TextWriter output)
    {
        bool isFirst = true;
        foreach (IGrouping<string, Builtin> group in builtins.GroupBy(builtin => builtin.Category).OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            if (!isFirst)
            {
                output.WriteLine();
            }

            isFirst = false;
            output.WriteLine(group.Key);
            foreach (Builtin builtin in group)
            {
                output.WriteLine($"  {Documentation.Signature(builtin)}");
                output.WriteLine($"      {builtin.Summary}");
            }
        }
    }
}
