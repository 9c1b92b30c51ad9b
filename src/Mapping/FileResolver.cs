using System.Diagnostics.CodeAnalysis;
using Mapping.Binding;
using Mapping.Text;

namespace Mapping;

/// <summary>Imports from files: relative to the working directory, or to the folder of an importing file that was imported itself.</summary>
internal sealed class FileResolver : IMappingResolver
{
    public bool TryResolve(string path, string? importer, [NotNullWhen(true)] out SourceText? source, [NotNullWhen(false)] out string? problem)
    {
        source = null;
        string file = importer is null ? path : Path.Combine(Path.GetDirectoryName(importer) ?? string.Empty, path);
        try
        {
            source = SourceText.FromUtf8(File.ReadAllBytes(file), Normal(file));
            problem = null;
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            problem = e is FileNotFoundException or DirectoryNotFoundException ? "there is no such file" : e.Message.TrimEnd('.');
            return false;
        }
    }

    /// <summary>One spelling per file: relative below the working directory, otherwise absolute.</summary>
    private static string Normal(string file)
    {
        string full = Path.GetFullPath(file);
        string relative = Path.GetRelativePath(Environment.CurrentDirectory, full);
        return relative.StartsWith("..", StringComparison.Ordinal) ? full : relative;
    }
}
