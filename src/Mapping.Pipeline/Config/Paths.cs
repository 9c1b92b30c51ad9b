namespace Mapping.Pipeline.Config;

/// <summary>Paths such as <c>root.input.broker.inputs.0</c>; within a segment <c>~0</c> is a tilde and <c>~1</c> a dot.</summary>
internal static class Paths
{
    public static string Escape(string segment) => segment.Replace("~", "~0", StringComparison.Ordinal).Replace(".", "~1", StringComparison.Ordinal);

    public static string[] Split(string path) =>
        [.. path.Split('.').Select(s => s.Replace("~1", ".", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal))];
}
