using Mapping.Values;

namespace Mapping.Builtins.Objects;

/// <summary>Paths by their first key, each with the paths that go on below it: what <c>with</c> and <c>without</c> select by.</summary>
internal sealed class PathTree
{
    private readonly ObjectNode positions = new();
    private readonly List<Branch> branches = [];

    public void Add(FieldPath path)
    {
        PathTree level = this;
        ReadOnlySpan<PathSegment> segments = path.Segments;
        for (int i = 0; i < segments.Length; i++)
        {
            Branch branch = level.BranchFor(segments[i].Key);
            if (i == segments.Length - 1)
            {
                branch.IsWhole = true;
            }
            else
            {
                level = branch.Below ??= new PathTree();
            }
        }
    }

    public Branch? Find(ReadOnlySpan<byte> key) => positions.TryGet(key, out Value position) ? branches[(int)position.AsInt64()] : null;

    private Branch BranchFor(Value key)
    {
        if (positions.TryGet(key.AsSpan(), out Value position))
        {
            return branches[(int)position.AsInt64()];
        }

        positions.AddNew(key, Value.FromInt64(branches.Count));
        branches.Add(new Branch());
        return branches[^1];
    }

    internal sealed class Branch
    {
        /// <summary>A path ends here.</summary>
        public bool IsWhole { get; set; }

        public PathTree? Below { get; set; }
    }
}
