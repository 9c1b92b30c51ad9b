using System.CommandLine;
using Mapping.Cli.Catalogue;
using Mapping.Cli.Help;
using Mapping.Diagnostics;
using Mapping.Functions;

namespace Mapping.Cli.Commands;

/// <summary><c>blobl help NAME</c>: a function, a method or a diagnostic code.</summary>
internal static class HelpCommand
{
    public static Command Create(StandardStreams streams)
    {
        var topic = new Argument<string>("NAME") { HelpName = "NAME", Description = "A function or method such as map_each, or a code such as M204." };
        topic.CompletionSources.Add(_ => Topics().Select(name => new System.CommandLine.Completions.CompletionItem(name)));
        var command = new Command("help", "Explains a function, a method or the code of an error.") { topic };
        command.SetAction(parsed =>
        {
            string name = parsed.GetValue(topic)!;
            using TextWriter output = streams.OpenOutputText();
            return TryWrite(name, output) ? ExitCodes.Fine : Unknown(name).Report(streams.Error);
        });
        return command;
    }

    /// <summary>Writes what is known about a name; false when nothing is.</summary>
    public static bool TryWrite(string name, TextWriter output)
    {
        if (HelpPages.All.TryGetValue(name, out HelpPage? page))
        {
            output.WriteLine(page.Text);
            return true;
        }

        Registry registry = Environments.Full.Registry;
        string bare = name.Trim('.', '(', ')');
        bool isFunction = registry.Functions.TryGetValue(bare, out Builtin? function);
        bool isMethod = registry.Methods.TryGetValue(bare, out Builtin? method);
        if (isFunction)
        {
            Documentation.Write(function!, output);
        }

        if (isFunction && isMethod)
        {
            output.WriteLine();
        }

        if (isMethod)
        {
            Documentation.Write(method!, output);
        }

        return isFunction || isMethod;
    }

    public static Problem Unknown(string name) =>
        new(ExitCodes.Usage, $"there is no function, method or code \"{name}\"", Suggestion.Hint(name, Topics()) ?? "see \"blobl list functions\" and \"blobl list methods\"");

    private static IEnumerable<string> Topics()
    {
        Registry registry = Environments.Full.Registry;
        return registry.Functions.Keys.Concat(registry.Methods.Keys).Distinct().Concat(HelpPages.All.Keys).Order(StringComparer.Ordinal);
    }
}
