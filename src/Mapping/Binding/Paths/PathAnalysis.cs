using Mapping.Ir;

namespace Mapping.Binding.Paths;

/// <summary>Finds which parts of the input a mapping reads, which it copies and what it writes, by following every value through it.</summary>
internal sealed class PathAnalysis
{
    /// <summary>Maps are followed call by call; beyond so many calls everything counts as read.</summary>
    private const int MostCalls = 1_000;

    /// <summary>Beyond so many copies the rest counts as read.</summary>
    private const int MostCopies = 10_000;

    private readonly PathNode document = PathNode.Root("this");
    private readonly Dictionary<string, BoundMap> maps;
    private readonly HashSet<BoundMap> running = new(ReferenceEqualityComparer.Instance);
    private readonly HashSet<BoundMap> recursive = new(ReferenceEqualityComparer.Instance);
    private readonly List<PathCopy> copies = [];
    private readonly bool usesCaller;
    private bool needsDocument;
    private bool readsBody;
    private int calls;

    private PathAnalysis(IReadOnlyList<BoundMap> maps)
    {
        this.maps = maps.DistinctBy(m => m.Name).ToDictionary(m => m.Name, StringComparer.Ordinal);
        usesCaller = maps.Any(CallerUse.In);
    }

    public static MappingPaths Of(BoundMapping mapping)
    {
        var analysis = new PathAnalysis(mapping.Maps);
        var frame = new FrameFlows(analysis, mapping.SlotCount);
        frame.Run(mapping.Statements);
        PathNode root = PathNode.Root("root");
        analysis.AddCopies(frame.Root, root);
        return new MappingPaths(analysis.document, analysis.needsDocument, analysis.readsBody, WrittenPaths.Of(mapping, root), analysis.copies);
    }

    /// <summary><c>this</c> where it is the message document.</summary>
    public Flow Document()
    {
        needsDocument = true;
        return Flow.Of(document);
    }

    /// <summary><c>content()</c>: all of the body, not parsed.</summary>
    public Flow Body()
    {
        readsBody = true;
        document.Read(ReadMark.Whole);
        return Flow.Made;
    }

    /// <summary><c>target.apply(name)</c>; without a name any map may be meant.</summary>
    public Flow Apply(string? name, Flow target, Flow caller)
    {
        IEnumerable<BoundMap> called = name is null ? maps.Values : maps.TryGetValue(name, out BoundMap? map) ? [map] : [];
        return called.Aggregate(Flow.Made, (result, one) => result.Or(Apply(one, target, caller)));
    }

    private Flow Apply(BoundMap map, Flow target, Flow caller)
    {
        if (calls++ >= MostCalls)
        {
            Document().ReadWhole();
            return Flow.Anything;
        }

        if (!running.Add(map))
        {
            // Whatever a call of itself does with its target is covered when all of that counts as read; so is what it returns, below.
            recursive.Add(map);
            target.ReadWhole();
            if (usesCaller)
            {
                caller.ReadWhole();
            }

            return Flow.Anything;
        }

        var frame = new FrameFlows(this, map.SlotCount);
        frame.EnterMap(target, caller);
        frame.Run(map.Statements);
        running.Remove(map);
        if (!recursive.Remove(map))
        {
            return frame.Root;
        }

        frame.Root.ReadWhole();
        return Flow.Anything;
    }

    private void AddCopies(Flow flow, PathNode output)
    {
        if (copies.Count >= MostCopies)
        {
            flow.ReadWhole();
            return;
        }

        PathNode[] except = flow.Inputs.IsEmpty ? [] : [.. flow.Members.Keys.Select(output.Field)];
        foreach (PathNode input in flow.Inputs)
        {
            copies.Add(new PathCopy(output, input, except));
        }

        if (flow.Elements is { } element)
        {
            AddCopies(element, output.Element());
        }

        foreach ((string key, Flow member) in flow.Members)
        {
            AddCopies(member, output.Field(key));
        }
    }
}
