using System.Text;
using Mapping.Pipeline.Config;
using Mapping.Pipeline.Contracts;
using Mapping.Pipeline.Graph;

namespace Mapping.Pipeline.Reference;

/// <summary>Configurations to begin with.</summary>
internal static class Sample
{
    /// <summary>A component under its name, with its defaults.</summary>
    /// <param name="type">The component.</param>
    /// <param name="isSmall">Without the fields that are rarely needed.</param>
    public static string Of(ComponentType type, bool isSmall)
    {
        var text = new StringBuilder();
        Write(text, type, isSmall, 0);
        return text.ToString();
    }

    /// <param name="input">Where messages come from.</param>
    /// <param name="processors">One after another.</param>
    /// <param name="output">Where messages go.</param>
    /// <param name="isSmall">Without the fields that are rarely needed.</param>
    public static string Pipeline(ComponentType input, IReadOnlyList<ComponentType> processors, ComponentType output, bool isSmall)
    {
        var text = new StringBuilder();
        text.Append("input:\n");
        Write(text, input, isSmall, 2);
        text.Append("\npipeline:\n  threads: -1\n");
        text.Append(processors.Count == 0 ? "  processors: []\n" : "  processors:\n");
        foreach (ComponentType processor in processors)
        {
            int start = text.Length;
            Write(text, processor, isSmall, 6);
            text[start + 4] = '-';
        }

        text.Append("\noutput:\n");
        Write(text, output, isSmall, 2);
        return text.ToString();
    }

    private static void Write(StringBuilder text, ComponentType type, bool isSmall, int indent)
    {
        text.Append(' ', indent).Append(type.Name).Append(':');
        if (type.Body.Item is not null || type.Body.Children.Count == 0)
        {
            text.Append(' ').Append(Placeholder(type.Body)).Append('\n');
            return;
        }

        WriteFields(text, type.Body.Children, isSmall, indent + 2);
    }

    private static void WriteFields(StringBuilder text, IReadOnlyList<Field> fields, bool isSmall, int indent)
    {
        Field[] shown = [.. fields.Where(f => !(isSmall && f.IsAdvanced) && f.Deprecation is null && (f.IsRequired || f.DefaultText is not null))];
        text.Append(shown.Length == 0 ? " {}\n" : "\n");
        foreach (Field field in shown)
        {
            text.Append(' ', indent).Append(field.Name).Append(':');
            bool isGroup = field.Type is { Item: null, Component: null, Children.Count: > 0 } && field.DefaultText is null or "{}";
            if (isGroup && field.Type.Item is null && field.Type.Children.Count > 0)
            {
                WriteFields(text, field.Type.Children, isSmall, indent + 2);
                continue;
            }

            string value = field.DefaultText ?? Example(field) ?? Placeholder(field.Type);
            text.Append(' ').Append(value.Contains('\n', StringComparison.Ordinal) || value.Contains(": ", StringComparison.Ordinal) && value[0] is not ('{' or '[' or '"' or '\'') ? "{ " + value.Trim() + " }" : value);
            text.Append(field.IsRequired ? " # required\n" : "\n");
        }
    }

    private static string? Example(Field field) => field.Examples.Count > 0 && !field.Examples[0].Contains('\n', StringComparison.Ordinal) ? field.Examples[0] : null;

    private static string Placeholder(FieldType type) => type switch
    {
        { Sample: { } sample } => sample,
        { Component: ComponentKind.Input } => "{ stdin: {} }",
        { Component: ComponentKind.Output } => "{ stdout: {} }",
        { Component: ComponentKind.Processor } => "{ noop: {} }",
        { Component: { } } => "{}",
        { Item: { } item } when type.Name.StartsWith("list", StringComparison.Ordinal) => item is { Component: null, Children.Count: 0 } ? "[]" : $"[ {Placeholder(item)} ]",
        { Item: { } } => "{}",
        { Children: { Count: > 0 } fields } => $"{{ {string.Join(", ", fields.Where(static f => f.IsRequired).Select(static f => $"{f.Name}: {Placeholder(f.Type)}"))} }}",
        { Name: "object" } => "{}",
        { Name: "any" } => "null",
        { Name: "integer" or "number" or "size" } => "0",
        { Name: "bool" } => "false",
        { Name: "duration" } => "1s",
        { Name: "mapping" } => "root = this",
        _ => "\"\"",
    };
}
