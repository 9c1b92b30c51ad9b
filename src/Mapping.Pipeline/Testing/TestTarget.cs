using System.Globalization;
using Mapping.Pipeline.Config;
using Mapping.Text;

namespace Mapping.Pipeline.Testing;

/// <summary>Cuts out of a configuration what a unit test runs, with its mocks in place.</summary>
internal static class TestTarget
{
    private static readonly string[] Kept =
    [
        "error_handling", "input_resources", "processor_resources", "output_resources", "cache_resources", "rate_limit_resources",
    ];

    /// <summary>Leaves a configuration whose processors are those of the target.</summary>
    /// <exception cref="TestTargetException">The target or a mock is not there.</exception>
    public static void Cut(MapNode root, string target, IReadOnlyList<KeyValuePair<string, ConfigNode>> mocks)
    {
        foreach ((string key, ConfigNode mock) in mocks)
        {
            Replace(root, key, mock);
        }

        ListNode processors = Find(root, target);
        foreach (string section in root.Entries.Select(e => e.Key.Text).Where(k => !Kept.Contains(k)).ToArray())
        {
            root.Entries.RemoveAll(e => e.Key.Text == section);
        }

        // What a resource refers to by label stays; of what is run in place only the target is left, so that no label is there twice.
        root.Set("pipeline", Map(root, ("threads", Scalar(root, "1")), ("processors", processors)));
        root.Set("output", Map(root, ("drop", Map(root))));
        root.Set("metrics", Map(root, ("none", Map(root))));
    }

    private static ListNode Find(MapNode root, string target)
    {
        if (!target.StartsWith('/'))
        {
            bool isResource = root["processor_resources"] is ListNode resources && resources.Items.Any(r => LabelOf(r) == target);
            return isResource
                ? new ListNode(root.Source, root.Span, [Map(root, ("resource", new ScalarNode(root.Source, root.Span, target, isPlain: false)))])
                : Labelled(root, target) is { } found ? new ListNode(root.Source, root.Span, [found])
                : throw new TestTargetException($"there is no processor labelled \"{target}\"; a JSON pointer begins with \"/\"");
        }

        ConfigNode node = At(root, target) ?? throw new TestTargetException($"there is nothing at {target}");
        return node switch
        {
            ListNode list => new ListNode(list.Source, list.Span, list.Items),
            MapNode one => new ListNode(one.Source, one.Span, [one]),
            _ => throw new TestTargetException($"at {target} there is {node.Found}, not a processor or a list of them"),
        };
    }

    private static void Replace(MapNode root, string key, ConfigNode mock)
    {
        ConfigNode? old = key.StartsWith('/') ? At(root, key) : Labelled(root, key);
        if (old is null)
        {
            throw new TestTargetException($"the mock {key} replaces nothing: " + (key.StartsWith('/') ? "there is nothing at this pointer" : "no component has this label"));
        }

        if (mock is MapNode given && LabelOf(old) is { Length: > 0 } label && given["label"] is null)
        {
            var labelled = new MapNode(given.Source, given.Span, given.Entries);
            labelled.Set("label", new ScalarNode(given.Source, given.Span, label, isPlain: false));
            mock = labelled;
        }

        Swap(root, old, mock);
    }

    private static bool Swap(ConfigNode within, ConfigNode old, ConfigNode replacement)
    {
        if (within is MapNode map)
        {
            for (int i = 0; i < map.Entries.Count; i++)
            {
                if (ReferenceEquals(map.Entries[i].Value, old))
                {
                    map.Entries[i] = map.Entries[i] with { Value = replacement };
                    return true;
                }

                if (Swap(map.Entries[i].Value, old, replacement))
                {
                    return true;
                }
            }
        }
        else if (within is ListNode list)
        {
            int index = list.Items.FindIndex(item => ReferenceEquals(item, old));
            if (index >= 0)
            {
                list.Items[index] = replacement;
                return true;
            }

            return list.Items.Exists(item => Swap(item, old, replacement));
        }

        return false;
    }

    private static MapNode? Labelled(ConfigNode node, string label) => node switch
    {
        MapNode map when LabelOf(map) == label => map,
        MapNode map => map.Entries.Where(e => e.Key.Text != "tests").Select(e => Labelled(e.Value, label)).FirstOrDefault(found => found is not null),
        ListNode list => list.Items.Select(item => Labelled(item, label)).FirstOrDefault(found => found is not null),
        _ => null,
    };

    private static string? LabelOf(ConfigNode node) => ((node as MapNode)?["label"] as ScalarNode)?.Text;

    private static ConfigNode? At(ConfigNode node, string pointer)
    {
        ConfigNode? found = node;
        foreach (string part in pointer.TrimEnd('/').Split('/').Skip(1).Select(p => p.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal)))
        {
            found = found switch
            {
                MapNode map => map[part],
                ListNode list when int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out int index) && index < list.Items.Count => list.Items[index],
                _ => null,
            };
        }

        return found;
    }

    private static ScalarNode Scalar(ConfigNode at, string text) => new(at.Source, new TextSpan(at.Span.Start, 0), text, isPlain: true);

    private static MapNode Map(ConfigNode at, params (string Key, ConfigNode Value)[] entries) =>
        new(at.Source, at.Span, [.. entries.Select(e => new MapEntry(Scalar(at, e.Key), e.Value))]);
}

/// <summary>What a test wants to run or to replace is not there.</summary>
internal sealed class TestTargetException(string message) : Exception(message);
