using System.Text;
using System.Text.RegularExpressions;
using Mapping.Pipeline.Config;
using Mapping.Pipeline.Contracts;
using Mapping.Pipeline.Graph;
using Mapping.Text;

namespace Mapping.Pipeline.Reference;

/// <summary>A configuration as it is understood: with every default, and what must not be seen masked.</summary>
internal sealed partial class Echo
{
    public const string Mask = "!!!SECRET_SCRUBBED!!!";

    private readonly Catalogue catalogue;
    private readonly IReadOnlySet<ConfigNode> secrets;

    private Echo(PipelineGraph graph)
    {
        catalogue = graph.Catalogue;
        secrets = graph.Secrets;
    }

    public static string ToYaml(PipelineGraph graph) => YamlText.Write(Of(graph));

    public static string ToJson(PipelineGraph graph) => Encoding.UTF8.GetString(NodeJson.ToBytes(Of(graph), isIndented: true)) + "\n";

    private static MapNode Of(PipelineGraph graph) => new Echo(graph).Root(graph.Root);

    private MapNode Root(MapNode root)
    {
        var echo = (MapNode)Filled(root, RootShape.Main);
        foreach (ComponentKind kind in Enum.GetValues<ComponentKind>())
        {
            if (kind.ResourceList() is { } list && echo[list] is ListNode resources)
            {
                echo.Set(list, new ListNode(resources.Source, resources.Span, [.. resources.Items.Select(item => Component(item, kind))]));
            }
        }

        return echo;
    }

    private ConfigNode Filled(ConfigNode node, FieldType type)
    {
        if (type.Component is { } kind)
        {
            return Component(node, kind);
        }

        switch (node)
        {
            case var _ when secrets.Contains(node):
                return Masked(node);
            case ListNode list when type.Item is { } item:
                return new ListNode(list.Source, list.Span, [.. list.Items.Select(i => Filled(i, item))]);
            case MapNode map when type.Item is { } item:
                return new MapNode(map.Source, map.Span, [.. map.Entries.Select(e => e with { Value = Filled(e.Value, item) })]);
            case MapNode or ScalarNode { Text: "" } when type.Item is null && type.Children.Count > 0:
                return Object(node as MapNode ?? new MapNode(node.Source, node.Span, []), type.Children);
            case ScalarNode { Written: { } written } scalar:
                return Text(scalar, written);
            case ListNode or MapNode:
                return AsWritten(node);
            default:
                return node;
        }
    }

    private MapNode Object(MapNode map, IReadOnlyList<Field> fields)
    {
        var filled = new MapNode(map.Source, map.Span, []);
        foreach (Field field in fields)
        {
            ConfigNode? given = map[field.Name] ?? (field.Alias is { } alias ? map[alias] : null);
            if (given is null or { IsNull: true } && field.DefaultText is { } text)
            {
                given = YamlReader.ReadValue(new SourceText(text, field.Name));
            }

            if (given is not null)
            {
                filled.Set(field.Name, field.IsSecret ? Masked(given) : Filled(given, field.Type));
            }
        }

        return filled;
    }

    private ConfigNode Component(ConfigNode node, ComponentKind kind)
    {
        if (node is not MapNode map)
        {
            return node;
        }

        ComponentType? named = map["type"] is ScalarNode type ? catalogue.Find(kind, type.Text) : null;
        ComponentType? found = named ?? map.Entries.Select(e => catalogue.Find(kind, e.Key.Text)).FirstOrDefault(t => t is not null);
        if (found is null)
        {
            return AsWritten(node);
        }

        var filled = new MapNode(map.Source, map.Span, []);
        foreach (string sibling in (ReadOnlySpan<string>)["label", "mapping", "meta"])
        {
            if (sibling != found.Name && map[sibling] is { } value)
            {
                filled.Set(sibling, AsWritten(value));
            }
        }

        filled.Set(found.Name, Filled(map[found.Name] ?? map["plugin"] ?? new MapNode(map.Source, map.Span, []), found.Body));
        if (found.Name != "processors" && map["processors"] is { } processors)
        {
            filled.Set("processors", Filled(processors, Fields.ProcessorsValue));
        }

        return filled;
    }

    /// <summary>Nothing is known about it but what is written.</summary>
    private ConfigNode AsWritten(ConfigNode node) => node switch
    {
        _ when secrets.Contains(node) => Masked(node),
        MapNode map => new MapNode(map.Source, map.Span, [.. map.Entries.Select(e => e with { Value = AsWritten(e.Value) })]),
        ListNode list => new ListNode(list.Source, list.Span, [.. list.Items.Select(AsWritten)]),
        ScalarNode { Written: { } written } scalar => Text(scalar, written),
        _ => node,
    };

    /// <summary>A variable without a default tells nothing.</summary>
    private static ScalarNode Masked(ConfigNode node) => node switch
    {
        ScalarNode { Written: { } written } scalar when OnlyVariable().IsMatch(written) => Text(scalar, written),
        ScalarNode { Text: "" } empty => Text(empty, string.Empty),
        _ => Text(node, Mask),
    };

    /// <summary>A variable without quotes gets the type of its value: it stays without them.</summary>
    private static ScalarNode Text(ConfigNode at, string text) => new(at.Source, at.Span, text, isPlain: at is ScalarNode { IsPlain: true } && text != Mask && text.Length > 0);

    [GeneratedRegex(@"\A\$\{[0-9A-Za-z_.]+\}\z")]
    private static partial Regex OnlyVariable();
}
