using System.CommandLine;
using Mapping.Cli.Pipelines;
using Mapping.Diagnostics;
using Mapping.Pipeline.Contracts;
using Mapping.Pipeline.Graph;
using Mapping.Pipeline.Reference;
using ComponentCatalogue = Mapping.Pipeline.Graph.Catalogue;

namespace Mapping.Cli.Commands;

/// <summary><c>blobl list inputs|processors|...|components [NAME...]</c>: what a configuration is made of.</summary>
internal static class ListComponents
{
    public static IEnumerable<Command> Create(StandardStreams streams) =>
        [Create("components", null, streams), .. ComponentKindText.InOrder.Select(kind => Create(kind.Plural(), kind, streams))];

    private static Command Create(string listName, ComponentKind? kind, StandardStreams streams)
    {
        ComponentCatalogue catalogue = AllComponents.Instance;
        var names = new Argument<string[]>("NAME") { HelpName = "NAME", Description = $"Only these {listName}.", Arity = ArgumentArity.ZeroOrMore };
        var format = new Option<string>("--format") { Description = "text, json with everything known, jsonschema of a whole configuration, or markdown.", HelpName = "text|json|jsonschema|markdown", DefaultValueFactory = _ => "text" };
        format.AcceptOnlyFromAmong("text", "json", "jsonschema", "markdown");
        var command = new Command(listName, kind is null ? "Lists all components of configurations." : $"Lists the {listName}.") { names, format };
        var into = new Option<string?>("--into") { Description = "Markdown: a folder for one page each and a list; pages of components that are no more are removed.", HelpName = "FOLDER" };
        command.Add(into);
        command.SetAction(parsed =>
        {
            try
            {
                IReadOnlyList<ComponentType> chosen = Choose(parsed.GetValue(names) ?? [], kind, catalogue);
                if (parsed.GetValue(into) is { } folder)
                {
                    WritePages(chosen, catalogue, folder);
                    return ExitCodes.Fine;
                }

                using TextWriter output = streams.OpenOutputText();
                output.Write(Write(chosen, catalogue, parsed.GetValue(format)!));
                return ExitCodes.Fine;
            }
            catch (Problem problem)
            {
                return problem.Report(streams.Error);
            }
        });
        return command;
    }

    private static string Write(IReadOnlyList<ComponentType> chosen, ComponentCatalogue catalogue, string format) => format switch
    {
        "json" => PipelineSchema.WriteCatalogue(chosen),
        "jsonschema" => PipelineSchema.Write(catalogue),
        "markdown" => string.Join("\n", chosen.Select(ComponentPage.Write)),
        _ => Text(chosen),
    };

    private static string Text(IReadOnlyList<ComponentType> chosen) => string.Join("\n", chosen.GroupBy(t => t.Kind).Select(kind =>
        $"{kind.Key.Plural()}\n" + string.Concat(kind.Select(type => $"  {type.Name}\n      {type.Summary}\n"))));

    private static ComponentType[] Choose(string[] names, ComponentKind? kind, ComponentCatalogue catalogue)
    {
        ComponentType[] all = [.. catalogue.All.Where(t => kind is null || t.Kind == kind)];
        foreach (string name in names.Where(name => !all.Any(t => t.Name == name)))
        {
            throw new Problem(ExitCodes.Usage, $"unknown {kind?.Word() ?? "component"} \"{name}\"", Suggestion.Hint(name, all.Select(t => t.Name)));
        }

        return names.Length == 0 ? all : [.. all.Where(t => names.Contains(t.Name))];
    }

    private static void WritePages(IReadOnlyList<ComponentType> chosen, ComponentCatalogue catalogue, string folder)
    {
        try
        {
            Directory.CreateDirectory(folder);
            string[] current = [.. catalogue.All.Select(ComponentPage.FileName), "README.md"];
            foreach (string old in Directory.EnumerateFiles(folder, "*.md").Where(file => !current.Contains(Path.GetFileName(file))))
            {
                File.Delete(old);
            }

            foreach (ComponentType type in chosen)
            {
                File.WriteAllText(Path.Combine(folder, ComponentPage.FileName(type)), ComponentPage.Write(type));
            }

            File.WriteAllText(Path.Combine(folder, "README.md"), ComponentPage.WriteIndex(catalogue));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new Problem(ExitCodes.Unreadable, $"the pages cannot be written to {folder}: {error.Message}");
        }
    }
}
