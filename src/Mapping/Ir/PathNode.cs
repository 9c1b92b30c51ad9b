using System.Globalization;
using System.Text;
using Mapping.Values;

namespace Mapping.Ir;

/// <summary>How much of a value decides about anything.</summary>
internal enum ReadMark
{
    /// <summary>Nothing: it is at most copied.</summary>
    None,

    /// <summary>Its kind and, of a container, how many members it has under which keys. A scalar counts as read: an error may quote it.</summary>
    Shape,

    /// <summary>All of it.</summary>
    Whole,
}

/// <summary>
/// A place in a document, in a tree of such places: <c>this.items[].price</c>. A key is written as in a path. In the
/// input <c>[]</c> is any element of an array, or any pair of an object, <c>[].key</c> and <c>[].value</c>, as queries see them; in the output
/// any element of an array or value of an object.
/// </summary>
internal sealed class PathNode
{
    /// <summary>Deeper places are not told apart.</summary>
    private const int Deepest = 200;

    private readonly int depth;
    private readonly SortedDictionary<string, PathNode> fields = new(StringComparer.Ordinal);

    private PathNode(PathNode? parent, string name, string? key)
    {
        Parent = parent;
        depth = parent is null ? 0 : parent.depth + 1;
        Name = name;
        Key = key;
    }

    /// <summary>What it stands in; null for the root.</summary>
    public PathNode? Parent { get; }

    /// <summary>As written: <c>this</c>, <c>.price</c> or <c>[]</c>.</summary>
    public string Name { get; }

    /// <summary>The bytes of the key, each as one character; null for the root and for <c>[]</c>.</summary>
    public string? Key { get; }

    public ReadMark Mark { get; private set; }

    public IReadOnlyCollection<PathNode> Fields => fields.Values;

    /// <summary>The node of <c>[]</c>, if anything was seen there.</summary>
    public PathNode? Elements { get; private set; }

    public static PathNode Root(string name) => new(null, name, null);

    public PathNode Field(PathSegment segment) => Field(Encoding.Latin1.GetString(segment.Key.AsSpan()));

    public PathNode Field(string key)
    {
        if (depth == Deepest)
        {
            return this;
        }

        if (!fields.TryGetValue(key, out PathNode? node))
        {
            fields[key] = node = new PathNode(this, "." + Quoted(Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(key))), key);
        }

        return node;
    }

    public PathNode Element() => depth == Deepest ? this : Elements ??= new PathNode(this, "[]", null);

    public void Read(ReadMark mark) => Mark = mark > Mark ? mark : Mark;

    /// <summary>Whether anything in it, itself included, is read.</summary>
    public bool IsReadWithin() => Mark != ReadMark.None || (Elements?.IsReadWithin() ?? false) || fields.Values.Any(f => f.IsReadWithin());

    public override string ToString() => Parent + Name;

    /// <summary>A name as it stands in a path.</summary>
    public static string Quoted(string name) =>
        name.Length > 0 && name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_') ? name : "\"" + Escaped(name) + "\"";

    private static string Escaped(string name) => string.Concat(name.Select(c => c switch
    {
        '"' => "\\\"",
        '\\' => "\\\\",
        '\n' => "\\n",
        < ' ' => string.Create(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"),
        _ => c.ToString(),
    }));
}
