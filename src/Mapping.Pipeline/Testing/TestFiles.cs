namespace Mapping.Pipeline.Testing;

/// <summary>Finds configurations and the files of tests beside them.</summary>
internal static class TestFiles
{
    private const string Suffix = "_benthos_test";

    private static readonly string[] Extensions = [".yaml", ".yml"];

    /// <summary>Configurations under paths: a file, a folder, or <c>folder/...</c> for all below it.</summary>
    /// <exception cref="FileNotFoundException">A path does not exist.</exception>
    public static IReadOnlyList<string> Find(IEnumerable<string> paths)
    {
        var found = new List<string>();
        foreach (string path in paths)
        {
            bool isDeep = path.EndsWith("...", StringComparison.Ordinal);
            string place = isDeep ? (path[..^3].TrimEnd('/', Path.DirectorySeparatorChar) is { Length: > 0 } folder ? folder : ".") : path;
            if (Directory.Exists(place))
            {
                SearchOption depth = isDeep ? SearchOption.AllDirectories : SearchOption.TopDirectoryOnly;
                found.AddRange(Directory.EnumerateFiles(place, "*", depth).Where(IsYaml).Order(StringComparer.Ordinal));
            }
            else if (File.Exists(place))
            {
                found.Add(place);
            }
            else
            {
                throw new FileNotFoundException("there is no such file or folder", place);
            }
        }

        return [.. found.Select(ConfigurationOf).Distinct(StringComparer.Ordinal)];
    }

    /// <summary>The file of tests beside a configuration; null without one.</summary>
    public static string? Beside(string configuration)
    {
        string stem = Path.Combine(Path.GetDirectoryName(configuration) ?? string.Empty, Path.GetFileNameWithoutExtension(configuration));
        return Extensions.Select(extension => stem + Suffix + extension).FirstOrDefault(File.Exists);
    }

    private static bool IsYaml(string path) => Extensions.Contains(Path.GetExtension(path));

    private static string ConfigurationOf(string path)
    {
        string stem = Path.GetFileNameWithoutExtension(path);
        if (!stem.EndsWith(Suffix, StringComparison.Ordinal))
        {
            return path;
        }

        string bare = Path.Combine(Path.GetDirectoryName(path) ?? string.Empty, stem[..^Suffix.Length]);
        return Extensions.Select(extension => bare + extension).FirstOrDefault(File.Exists) ?? path;
    }
}
