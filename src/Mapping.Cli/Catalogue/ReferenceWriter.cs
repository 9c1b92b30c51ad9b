using System.Globalization;
using System.Text;
using Mapping.Functions;

namespace Mapping.Cli.Catalogue;

/// <summary>The reference pages <c>docs/reference/functions.md</c> and <c>methods.md</c>.</summary>
internal static class ReferenceWriter
{
    private const string ErrorMark = "Error: ";

    public static string ToMarkdown(IReadOnlyList<Builtin> builtins, string listName)
    {
        var page = new StringBuilder();
        page.Append(CultureInfo.InvariantCulture, $"# {char.ToUpperInvariant(listName[0])}{listName[1..]}\n\n");
        page.Append(CultureInfo.InvariantCulture, $"<!-- Made by: blobl list {listName} --format markdown -->\n\n");
        page.Append(Introduction(listName));
        IGrouping<string, Builtin>[] groups = [.. builtins.GroupBy(builtin => builtin.Category).OrderBy(Rank).ThenBy(group => group.Key, StringComparer.Ordinal)];
        foreach (IGrouping<string, Builtin> group in groups)
        {
            string names = string.Join(" · ", group.Select(builtin => $"[{builtin.Name}](#{builtin.Name})"));
            page.Append(CultureInfo.InvariantCulture, $"**{group.Key}**\n{names}\n\n");
        }

        foreach (IGrouping<string, Builtin> group in groups)
        {
            page.Append(CultureInfo.InvariantCulture, $"## {group.Key}\n\n");
            foreach (Builtin builtin in group)
            {
                Write(page, builtin);
            }
        }

        return page.ToString().TrimEnd('\n') + "\n";
    }

    private static string Introduction(string listName) => listName == "functions"
        ? """
          A function stands on its own: `root.id = uuid_v4()`. Arguments are given in order or by name: `range(start: 0, stop: 10)`.


          """
        : """
          A method is called on a value, its target: `this.name.uppercase()`. Arguments are given in order or by name:
          `this.name.slice(low: 0, high: 3)`. A target that is an error passes through, so that one `catch` at the end is enough.


          """;

    /// <summary>What nobody should use any more comes last.</summary>
    private static int Rank(IGrouping<string, Builtin> group) => group.Key == "Deprecated" ? 1 : 0;

    private static void Write(StringBuilder page, Builtin builtin)
    {
        page.Append(CultureInfo.InvariantCulture, $"### {builtin.Name}\n\n");
        page.Append(CultureInfo.InvariantCulture, $"```\n{Documentation.Signature(builtin)}\n```\n\n");
        page.Append(CultureInfo.InvariantCulture, $"{builtin.Summary}{Marks(builtin)}\n\n");
        if (builtin.Parameters.Count > 0)
        {
            page.Append("| Parameter | Type | Default | |\n| --- | --- | --- | --- |\n");
            foreach (Parameter parameter in builtin.Parameters)
            {
                page.Append(CultureInfo.InvariantCulture, $"| `{parameter.Name}` | {parameter.TypeName} | {DefaultOf(parameter)} | {Cell(parameter.Summary)}{Only(parameter)} |\n");
            }

            page.Append('\n');
        }

        foreach (BuiltinExample example in builtin.Examples)
        {
            Write(page, example);
        }

        if (Errors(builtin) is { Length: > 0 } errors)
        {
            page.Append(CultureInfo.InvariantCulture, $"*Errors:* {errors}\n\n");
        }
    }

    private static void Write(StringBuilder page, BuiltinExample example)
    {
        if (example.Summary.Length > 0)
        {
            page.Append(CultureInfo.InvariantCulture, $"{example.Summary}\n\n");
        }

        page.Append(CultureInfo.InvariantCulture, $"```coffee\n{example.Mapping}\n\n");
        foreach ((string input, string output) in example.Results)
        {
            page.Append(CultureInfo.InvariantCulture, $"# In:  {Continued(input)}\n# Out: {Continued(output)}\n");
        }

        page.Append("```\n\n");
    }

    private static string Marks(Builtin builtin)
    {
        string status = builtin.Status == BuiltinStatus.Stable ? string.Empty : $" *{builtin.Status}.*";
        string origin = builtin.IsFromConnect ? " *From Redpanda Connect.*" : string.Empty;
        string reach = builtin.IsImpure ? " *Reaches outside of the message; not available to untrusted mappings.*" : string.Empty;
        return status + origin + reach;
    }

    private static string Errors(Builtin builtin)
    {
        var errors = new List<string>();
        if (builtin.IsMethod && builtin.Receiver != Accepts.Any)
        {
            errors.Add($"a target that is not {Documentation.Article(builtin.Receiver.Describe())}");
        }

        if (builtin.Prepare is not null && builtin.Parameters.Any(parameter => !parameter.IsUnevaluated))
        {
            errors.Add("arguments that can never work (literals are checked while compiling)");
        }

        errors.AddRange(builtin.Examples.SelectMany(example => example.Results)
            .Where(result => result.Output.StartsWith(ErrorMark, StringComparison.Ordinal))
            .Select(result => $"\"{result.Output[ErrorMark.Length..]}\"").Distinct());
        return errors.Count == 0 ? string.Empty : string.Join("; ", errors) + ".";
    }

    private static string DefaultOf(Parameter parameter) =>
        parameter.IsRequired ? "required" : Documentation.Default(parameter) is { } value ? $"`{value}`" : "optional";

    private static string Only(Parameter parameter) => parameter.IsLiteralOnly ? " Must be a literal." : string.Empty;

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal);

    /// <summary>Further lines of a document stay within the comment.</summary>
    private static string Continued(string text) => text.Replace("\n", "\n#      ", StringComparison.Ordinal);
}
