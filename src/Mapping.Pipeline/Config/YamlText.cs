using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Mapping.Pipeline.Config;

/// <summary>Nodes as YAML in block style; texts of several lines as literal blocks.</summary>
internal static partial class YamlText
{
    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Write(ConfigNode node)
    {
        var text = new StringBuilder();
        WriteUnder(text, node, 0);
        return text.ToString().TrimStart('\n', ' ') + (text.Length > 0 && text[^1] == '\n' ? string.Empty : "\n");
    }

    /// <summary>A value in one line, for a place where YAML is read.</summary>
    public static string Quote(string value) => JsonSerializer.Serialize(value, Relaxed);

    /// <summary>What follows a key or a dash: a scalar in the same line, anything else below.</summary>
    private static void WriteUnder(StringBuilder text, ConfigNode node, int indent)
    {
        switch (node)
        {
            case MapNode { Entries.Count: 0 }:
                text.Append(" {}\n");
                break;
            case ListNode { Items.Count: 0 }:
                text.Append(" []\n");
                break;
            case MapNode map:
                text.Append('\n');
                WriteEntries(text, map, indent);
                break;
            case ListNode list:
                text.Append('\n');
                foreach (ConfigNode item in list.Items)
                {
                    text.Append(' ', indent).Append('-');
                    WriteItem(text, item, indent + 2);
                }

                break;
            default:
                WriteScalar(text, (ScalarNode)node, indent);
                break;
        }
    }

    /// <summary>An object in a list begins beside the dash.</summary>
    private static void WriteItem(StringBuilder text, ConfigNode item, int indent)
    {
        if (item is not MapNode { Entries.Count: > 0 } map)
        {
            WriteUnder(text, item, indent);
            return;
        }

        int start = text.Length;
        WriteEntries(text, map, indent);
        text.Remove(start, indent - 1);
    }

    private static void WriteEntries(StringBuilder text, MapNode map, int indent)
    {
        foreach (MapEntry entry in map.Entries)
        {
            text.Append(' ', indent).Append(IsPlain(entry.Key) ? entry.Key.Text : Quote(entry.Key.Text)).Append(':');
            WriteUnder(text, entry.Value, indent + 2);
        }
    }

    private static void WriteScalar(StringBuilder text, ScalarNode scalar, int indent)
    {
        string value = scalar.Text;
        if (scalar.Kind != ScalarKind.String)
        {
            text.Append(' ').Append(scalar.Kind == ScalarKind.Null ? "null" : value).Append('\n');
        }
        else if (value.Contains('\n', StringComparison.Ordinal) && CanBeBlock(value))
        {
            string chomp = !value.EndsWith('\n') ? "-" : value.EndsWith("\n\n", StringComparison.Ordinal) ? "+" : string.Empty;
            text.Append(" |").Append(chomp).Append('\n');
            foreach (string line in value.TrimEnd('\n').Split('\n'))
            {
                text.Append(' ', line.Length == 0 ? 0 : indent).Append(line).Append('\n');
            }

            text.Append('\n', value.Length - value.TrimEnd('\n').Length - (value.EndsWith('\n') ? 1 : 0));
        }
        else
        {
            text.Append(' ').Append(IsPlain(scalar) ? value : Quote(value)).Append('\n');
        }
    }

    private static bool CanBeBlock(string value) => value.TrimEnd('\n') is { Length: > 0 } body && body[0] is not (' ' or '\t') && !body.Contains('\r', StringComparison.Ordinal) && !body.Any(c => c < ' ' && c is not ('\n' or '\t'));

    /// <summary>Whether it means itself without quotes; a text that looks like a number or bool does not.</summary>
    private static bool IsPlain(ScalarNode scalar) =>
        (scalar.IsPlain && VariableForm().IsMatch(scalar.Text))
        || (PlainForm().IsMatch(scalar.Text) && new ScalarNode(scalar.Source, scalar.Span, scalar.Text, isPlain: true).Kind == ScalarKind.String
            && scalar.Text.ToLowerInvariant() is not ("yes" or "no" or "on" or "off" or "y" or "n"));

    [GeneratedRegex(@"\A\$\{[^\s{}#]*\}\z")]
    private static partial Regex VariableForm();

    [GeneratedRegex(@"\A[A-Za-z0-9_./][A-Za-z0-9_./ ()!+*=<>$-]*(?<! )\z")]
    private static partial Regex PlainForm();
}
