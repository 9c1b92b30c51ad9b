using System.Globalization;
using Mapping.Diagnostics;
using Mapping.Text;

namespace Mapping.Pipeline.Config;

/// <summary>A change of a configuration from the command line: <c>--set input.file.paths.0=events.ndjson</c>.</summary>
internal static class Override
{
    /// <summary>The change as a text, in which its mistakes are told.</summary>
    public static SourceText SourceOf(string text) => new(text, "--set");

    public static void Apply(MapNode root, SourceText source, Problems problems)
    {
        string text = source.Content;
        int equals = text.IndexOf('=', StringComparison.Ordinal);
        if (equals <= 0)
        {
            problems.Error(DiagnosticCodes.InvalidOverride, source, new TextSpan(0, text.Length), "expected a path, \"=\" and a value", "as in input.file.paths.0=events.ndjson");
            return;
        }

        var found = new Problems();
        var valueSource = new SourceText(text[(equals + 1)..], "--set " + text[..equals]);
        ConfigNode? value = string.IsNullOrWhiteSpace(valueSource.Content) ? new ScalarNode(source, new TextSpan(equals, 1), string.Empty, isPlain: false) : YamlReader.Read(valueSource, found);
        if (value is null)
        {
            // A text that happens to be no YAML, such as one that begins with a bracket.
            value = new ScalarNode(valueSource, new TextSpan(0, valueSource.Content.Length), valueSource.Content, isPlain: false, static offset => offset);
        }

        if (!TrySet(root, Paths.Split(text[..equals]), value))
        {
            problems.Error(DiagnosticCodes.InvalidOverride, source, new TextSpan(0, equals), $"there is nothing at \"{text[..equals]}\" that can be set");
        }
    }

    /// <summary>Hides the value where the path names a secret.</summary>
    public static void HideSecret(SourceText source, ISecretNames names)
    {
        int equals = source.Content.IndexOf('=', StringComparison.Ordinal);
        if (equals > 0 && Array.Exists(Paths.Split(source.Content[..equals]), names.Hold))
        {
            source.Hide(TextSpan.FromBounds(equals + 1, source.Content.Length));
        }
    }

    private static bool TrySet(ConfigNode node, ReadOnlySpan<string> path, ConfigNode value)
    {
        string key = path[0];
        if (node is ListNode list)
        {
            bool isPosition = int.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out int index) && index <= list.Items.Count;
            if (key == "-" || (isPosition && index == list.Items.Count))
            {
                index = list.Items.Count;
                list.Items.Add(new MapNode(value.Source, value.Span, []));
            }
            else if (!isPosition)
            {
                return false;
            }

            if (path.Length > 1)
            {
                return TrySet(list.Items[index], path[1..], value);
            }

            list.Items[index] = value;
            return true;
        }

        if (node is not MapNode map)
        {
            return false;
        }

        if (path.Length == 1)
        {
            map.Set(key, value);
            return true;
        }

        if (map[key] is not { IsNull: false })
        {
            map.Set(key, path[1] == "0" ? new ListNode(value.Source, value.Span, []) : new MapNode(value.Source, value.Span, []));
        }

        return TrySet(map[key]!, path[1..], value);
    }
}
