using System.Runtime.InteropServices;
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
            Branch branch = level.BranchFor(segments[i]);
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

    /// <summary>The first keys of the paths.</summary>
    public ReadOnlySpan<Branch> Branches => CollectionsMarshal.AsSpan(branches);

    public Branch? Find(ReadOnlySpan<byte> key) => positions.TryGet(key, out Value position) ? branches[(int)position.AsInt64()] : null;

    private Branch BranchFor(PathSegment segment)
    {
        if (positions.TryGet(segment, out Value position))
        {
            return branches[(int)position.AsInt64()];
        }

        positions.AddNew(segment.Key, Value.FromInt64(branches.Count));
        branches.Add(new Branch(segment));
        return branches[^1];
    }

    internal sealed class Branch(PathSegment segment)
    {
        public PathSegment Segment => segment;

        /// <summary>A path ends here.</summary>
        public bool IsWhole { get; set; }

        public PathTree? Below { get; set; }
    }
}
