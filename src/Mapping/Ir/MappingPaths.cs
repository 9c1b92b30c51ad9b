namespace Mapping.Ir;

/// <summary>
/// What a mapping has to do with its input and output; where it depends on the document, everything that may be. (A mutation begins as if
/// its first statement were <c>root = this</c>.)
/// </summary>
/// <param name="Input">The document; the marks say what of it is read.</param>
/// <param name="NeedsDocument">The body is parsed, if only to copy parts of it.</param>
/// <param name="ReadsBody">The raw body is read (<c>content()</c>).</param>
/// <param name="Written">Paths that statements assign, and <c>@key</c> for metadata, in order of their texts.</param>
/// <param name="Copies">Parts of the output that are parts of the input as they stand.</param>
internal sealed record MappingPaths(PathNode Input, bool NeedsDocument, bool ReadsBody, IReadOnlyList<string> Written, IReadOnlyList<PathCopy> Copies)
{
    /// <summary>What is read: <c>this.a</c> whole, or its shape only.</summary>
    public IReadOnlyList<string> Reads()
    {
        if (ReadsBody)
        {
            return ["content()"];
        }

        var reads = new List<string>();
        AddReads(Input, reads);
        return reads;
    }

    private static void AddReads(PathNode node, List<string> reads)
    {
        if (node.Mark == ReadMark.Whole)
        {
            reads.Add(node.ToString());
            return;
        }

        int before = reads.Count;
        if (node.Elements is { } elements)
        {
            AddReads(elements, reads);
        }

        foreach (PathNode field in node.Fields)
        {
            AddReads(field, reads);
        }

        // Who reads a member has looked at the container.
        if (node.Mark == ReadMark.Shape && reads.Count == before)
        {
            reads.Add($"{node} (shape)");
        }
    }
}

/// <summary>A part of the output that is a part of the input as it stands, but for some members.</summary>
internal sealed record PathCopy(PathNode Output, PathNode Input, IReadOnlyList<PathNode> Except)
{
    private const int MostShown = 20;

    public override string ToString() =>
        $"{Output} <- {Input}{(Except.Count == 0 ? "" : " except ")}{string.Join(", ", Except.Take(MostShown))}{(Except.Count > MostShown ? $" and {Except.Count - MostShown} more" : "")}";
}
