namespace Mapping.Cli.Pipelines;

/// <summary>Where a configuration is looked for when none is named.</summary>
internal static class StandardPlaces
{
    private static readonly string[] All = ["redpanda-connect.yaml", "/etc/redpanda-connect.yaml", "benthos.yaml", "/etc/benthos/config.yaml"];

    /// <summary>As in <c>a, b or c</c>.</summary>
    public static string Listed => string.Join(", ", All[..^1]) + " or " + All[^1];

    /// <summary>The first there is; null when there is none.</summary>
    public static string? Find() => Array.Find(All, File.Exists);
}
