using System.Text;
using Mapping.Pipeline.Config;
using Mapping.Pipeline.Contracts;
using Mapping.Pipeline.Graph;

namespace Mapping.Pipeline.Reference;

/// <summary>The reference page of a component, in Markdown; all of it comes from the declaration.</summary>
internal static class ComponentPage
{
    /// <summary>As in <c>input-file.md</c>.</summary>
    public static string FileName(ComponentType type) => $"{type.Kind.Key()}-{type.Name}.md";

    public static string Write(ComponentType type)
    {
        var page = new StringBuilder();
        page.Append("# ").Append(char.ToUpperInvariant(type.Kind.Word()[0])).Append(type.Kind.Word().AsSpan(1)).Append(' ').Append(type.Name).Append("\n\n").Append(type.Summary).Append('\n');
        if (type.Deprecation is { } reason)
        {
            page.Append("\nDo not use it in new configurations: ").Append(reason).Append('\n');
        }

        if (type.Description.Length > 0)
        {
            page.Append('\n').Append(type.Description.Trim()).Append('\n');
        }

        page.Append("\n```yaml\n").Append(Sample.Of(type, isSmall: false)).Append("```\n");
        if (type.Example is { } example)
        {
            page.Append("\n## Example\n\n```yaml\n").Append(example.Trim()).Append("\n```\n");
        }

        page.Append("\n## Fields\n");
        if (type.Body.Children.Count == 0 || type.Body.Item is not null)
        {
            page.Append("\nThe body is a ").Append(type.Body.Children.Count == 0 && type.Body.Name == "object" ? "an object without fields" : type.Body.Name).Append(".\n").Replace("is a an ", "is an ");
        }

        WriteFields(page, type.Body.Children, string.Empty);
        return page.ToString();
    }

    /// <summary>The list of all pages.</summary>
    public static string WriteIndex(Catalogue catalogue)
    {
        var page = new StringBuilder("# Components\n\nMade from the declarations of the components; see CONTRIBUTING.md for the command.\n");
        foreach (ComponentKind kind in ComponentKindText.InOrder)
        {
            ComponentType[] types = [.. catalogue.All.Where(t => t.Kind == kind)];
            if (types.Length == 0)
            {
                continue;
            }

            page.Append("\n## ").Append(char.ToUpperInvariant(kind.Plural()[0])).Append(kind.Plural().Replace('-', ' ').AsSpan(1)).Append("\n\n| Name | What it does |\n| --- | --- |\n");
            foreach (ComponentType type in types)
            {
                page.Append($"| [{type.Name}]({FileName(type)}) | {Cell(type.Summary)} |\n");
            }
        }

        return page.ToString();
    }

    private static void WriteFields(StringBuilder page, IReadOnlyList<Field> fields, string prefix)
    {
        foreach (Field field in fields)
        {
            page.Append("\n### `").Append(prefix).Append(field.Name).Append("`\n\n").Append(field.Description).Append('\n');
            page.Append("\n* Type: ").Append(field.Type.Name).Append('\n');
            if (field.IsRequired)
            {
                page.Append("* Required.\n");
            }
            else if (field.DefaultText is { } text)
            {
                page.Append("* Default: `").Append(text).Append("`\n");
            }

            if (field.Alias is { } alias)
            {
                page.Append("* Also understood: `").Append(alias).Append("`\n");
            }

            if (field.IsSecret)
            {
                page.Append("* Secret: masked whenever the configuration is shown; give it as a variable, `${NAME}`.\n");
            }

            if (field.Deprecation is { } reason)
            {
                page.Append("* Do not use it any more: ").Append(reason).Append('\n');
            }

            foreach (string example in field.Examples)
            {
                page.Append("* Example: `").Append(example.ReplaceLineEndings(" ")).Append("`\n");
            }

            bool isList = field.Type.Item is not null;
            WriteFields(page, field.Type.Children, $"{prefix}{field.Name}{(isList ? "[]" : string.Empty)}.");
        }
    }

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal);
}
