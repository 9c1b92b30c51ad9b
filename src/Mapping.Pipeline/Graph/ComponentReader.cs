using System.Text.RegularExpressions;
using Mapping.Diagnostics;
using Mapping.Pipeline.Config;
using Mapping.Pipeline.Contracts;
using Mapping.Text;

namespace Mapping.Pipeline.Graph;

/// <summary>Reads component objects: finds out the type, the label and what stands beside, and checks names when all files are read.</summary>
internal sealed partial class ComponentReader(Catalogue catalogue) : IComponentReader
{
    private static readonly string[] Siblings = ["label", "type", "plugin", "meta"];

    private readonly Dictionary<string, ScalarNode> labels = [];
    private readonly List<WrittenReference> references = [];
    private readonly Stack<List<ComponentPlan>> open = new([new List<ComponentPlan>()]);

    /// <summary>Labels of resources are what they are named by: two of the same cannot be told apart.</summary>
    public bool IsReadingResources { get; set; }

    public IEnumerable<string> NamesOf(ComponentKind kind) => catalogue.NamesOf(kind);

    public void Refer(ComponentKind kind, ScalarNode label) => references.Add(new WrittenReference(kind, label));

    public ComponentPlan<TComponent>? Read<TComponent>(ComponentKind kind, ConfigNode node, ReadScope scope, string path)
        where TComponent : class
    {
        if (node is not MapNode map)
        {
            scope.Problems.Error(DiagnosticCodes.WrongNodeType, node, $"expected {kind.WithArticle()}, found {node.Found}", node is ScalarNode { Text.Length: > 0 } name && catalogue.Find(kind, name.Text) is not null ? $"write it as an object: {{ {name.Text}: {{}} }}" : "it is an object with the name of its type as key");
            return null;
        }

        if (TypeOf(kind, map, scope) is not var (type, key, body))
        {
            return null;
        }

        string? label = ReadLabel(map, type, scope);
        open.Push([]);
        IReadOnlyList<ComponentPlan<IProcessor>>? processors = ReadProcessors(kind, map, scope, path);
        open.Peek().Clear();
        Func<IComponentContext, TComponent>? create = ((ComponentType<TComponent>)type).Read(body, scope, $"{path}.{type.Name}");
        List<ComponentPlan> children = open.Pop();
        if (create is null || processors is null)
        {
            return null;
        }

        var plan = new ComponentPlan<TComponent>
        {
            Kind = kind,
            Type = type.Name,
            Label = label,
            Path = path,
            Source = key.Source,
            Span = key.Span,
            Processors = processors,
            Children = children,
            Reference = type.IsReference ? (body as ScalarNode)?.Text : null,
            Create = create,
        };
        open.Peek().Add(plan);
        return plan;
    }

    /// <summary>Reports every name that no resource bears.</summary>
    public void CheckReferences(IReadOnlyDictionary<ResourceName, ComponentPlan> resources, Problems problems)
    {
        foreach ((ComponentKind kind, ScalarNode label) in references.Where(r => !resources.ContainsKey(new ResourceName(r.Kind, r.Label.Text))))
        {
            string[] known = [.. resources.Keys.Where(k => k.Kind == kind).Select(k => k.Label)];
            string? hint = known.Length == 0 ? $"there are no {kind.ResourceList()}" : Known.Hint(label.Text, known);
            problems.Error(DiagnosticCodes.MissingResource, label, $"there is no {kind.Word()} resource \"{label.Text}\"", hint);
        }
    }

    private static bool IsSibling(ComponentKind kind, string key) =>
        Siblings.Contains(key) || (key == "processors" && kind is (ComponentKind.Input or ComponentKind.Output)) || (key == "mapping" && kind == ComponentKind.Metrics);

    /// <summary>The type, the key that says it, and what stands under it; null with the reason among the problems.</summary>
    private (ComponentType Type, ConfigNode Key, ConfigNode Body)? TypeOf(ComponentKind kind, MapNode map, ReadScope scope)
    {
        if (map["type"] is ScalarNode named)
        {
            ComponentType? type = catalogue.Find(kind, named.Text) ?? Unknown(kind, named, scope);
            ReportExtra(kind, map, type?.Name, scope);
            return type is null ? null : (type, named, map[type.Name] ?? map["plugin"] ?? new MapNode(named.Source, named.Span, []));
        }

        MapEntry[] candidates = [.. map.Entries.Where(e => !IsSibling(kind, e.Key.Text))];
        MapEntry[] known = [.. candidates.Where(e => catalogue.Find(kind, e.Key.Text) is not null)];
        switch (known.Length)
        {
            case 0 when candidates.Length == 0:
                scope.Problems.Error(DiagnosticCodes.NoComponent, map.Source, new TextSpan(map.Span.Start, 1), $"the object does not say which {kind.Word()} it is", null, [Existing(kind)]);
                return null;
            case 0:
                Unknown(kind, candidates[0].Key, scope);
                return null;
            case 1:
                ReportExtra(kind, map, known[0].Key.Text, scope);
                return (catalogue.Find(kind, known[0].Key.Text)!, known[0].Key, known[0].Value);
            default:
                string names = Config.Known.Listed([.. known.Select(e => e.Key.Text)]);
                scope.Problems.Error(DiagnosticCodes.SeveralComponents, known[1].Key, $"{kind.WithArticle()} has one type, this one has several: {names}", "give each an object of its own");
                return null;
        }
    }

    private ComponentType? Unknown(ComponentKind kind, ScalarNode name, ReadScope scope)
    {
        if (name is { Text: "", Written: not null } && scope.Problems.HasErrors)
        {
            // A variable that is not set, which is told already.
            return null;
        }

        scope.Problems.Error(DiagnosticCodes.UnknownComponent, name.Source, name.Span, $"unknown {kind.Word()} \"{name.Text}\"", Suggestion.Hint(name.Text, catalogue.NamesOf(kind)), [Existing(kind)]);
        return null;
    }

    private string Existing(ComponentKind kind) => "there is " + Config.Known.Listed([.. catalogue.NamesOf(kind)]);

    private static void ReportExtra(ComponentKind kind, MapNode map, string? type, ReadScope scope)
    {
        foreach (MapEntry extra in map.Entries.Where(e => type is not null && e.Key.Text != type && !IsSibling(kind, e.Key.Text)))
        {
            scope.Problems.Lint(DiagnosticCodes.UnknownField, extra.Key, $"unknown field \"{extra.Key.Text}\" beside the {kind.Word()} {type}", "fields of the component are indented below its name");
        }
    }

    private string? ReadLabel(MapNode map, ComponentType type, ReadScope scope)
    {
        if (map.Find("label") is not { } entry || entry.Value is ScalarNode { Text: "" })
        {
            return null;
        }

        if (entry.Value is not ScalarNode label || !LabelForm().IsMatch(label.Text))
        {
            scope.Problems.Lint(DiagnosticCodes.InvalidLabel, entry.Value, "a label is made of lower-case letters, digits, \"_\" and \"-\", and begins with a letter or digit");
            return (entry.Value as ScalarNode)?.Text;
        }

        if (type.IsReference)
        {
            scope.Problems.Lint(DiagnosticCodes.UselessField, entry.Key, "a reference to a resource takes no label", "the resource has its own");
            return null;
        }

        if (!labels.TryAdd(label.Text, label))
        {
            ScalarNode first = labels[label.Text];
            string place = first.Source == label.Source ? $"line {first.Source.PositionOf(first.Span.Start).Line}" : $"{first.Source.Name}:{first.Source.PositionOf(first.Span.Start).Line}";
            Gravity gravity = IsReadingResources ? Gravity.Error : Gravity.Lint;
            scope.Problems.Tell(gravity, DiagnosticCodes.DuplicateLabel, label, $"the label \"{label.Text}\" is taken", $"it stands in {place} already");
        }

        return label.Text;
    }

    /// <summary>Processors beside an input or output; empty when there are none, null when they are wrong.</summary>
    private static IReadOnlyList<ComponentPlan<IProcessor>>? ReadProcessors(ComponentKind kind, MapNode map, ReadScope scope, string path)
    {
        if (kind is not (ComponentKind.Input or ComponentKind.Output) || map.Find("processors") is not { } entry)
        {
            return [];
        }

        if (entry.Value is ListNode { Items.Count: 0 })
        {
            scope.Problems.Lint(DiagnosticCodes.UselessField, entry.Key, "an empty list of processors does nothing", "leave it out");
            return [];
        }

        return Fields.ProcessorsValue.TryRead(entry.Value, scope, $"{path}.processors", out IReadOnlyList<ComponentPlan<IProcessor>>? processors) ? processors : null;
    }

    [GeneratedRegex(@"\A[a-z0-9][a-z0-9_-]*\z")]
    private static partial Regex LabelForm();

    private sealed record WrittenReference(ComponentKind Kind, ScalarNode Label);
}
