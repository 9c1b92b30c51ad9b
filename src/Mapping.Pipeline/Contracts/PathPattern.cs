namespace Mapping.Pipeline.Contracts;

/// <summary>Paths of URLs: <c>/orders/{id}</c> takes any segment for <c>{id}</c>, <c>/files/</c> takes all below it.</summary>
internal sealed class PathPattern
{
    private readonly string[] segments;
    private readonly bool takesSubtree;

    public PathPattern(string text)
    {
        Text = text.StartsWith('/') ? text : "/" + text;
        takesSubtree = Text.EndsWith('/');
        segments = Segments(Text);
    }

    public string Text { get; }

    /// <param name="path">Decoded.</param>
    /// <param name="values">What stands for the names; only added to when the path fits.</param>
    public bool Fits(string path, ICollection<KeyValuePair<string, string>> values)
    {
        string[] given = Segments(path);
        if (takesSubtree ? given.Length < segments.Length : given.Length != segments.Length || path.EndsWith('/'))
        {
            return false;
        }

        var found = new List<KeyValuePair<string, string>>();
        for (int i = 0; i < segments.Length; i++)
        {
            if (segments[i] is ['{', .. var name, '}'])
            {
                found.Add(new(name, given[i]));
            }
            else if (segments[i] != given[i])
            {
                return false;
            }
        }

        found.ForEach(values.Add);
        return true;
    }

    private static string[] Segments(string path) => path.Split('/', StringSplitOptions.RemoveEmptyEntries);
}
