using System.Diagnostics.CodeAnalysis;
using Mapping.Binding;
using Mapping.Text;

namespace Mapping;

/// <summary>Imports from files: relative to the working directory, or to the folder of an importing file that was imported itself.</summary>
/// <param name="root">Files outside of this folder are refused, links followed; null allows all.</param>
internal sealed class FileResolver(string? root = null) : IMappingResolver
{
    private const long LargestBelowRoot = 1024 * 1024;

    public bool TryResolve(string path, string? importer, [NotNullWhen(true)] out SourceText? source, [NotNullWhen(false)] out string? problem)
    {
        source = null;
        string file = Path.Combine(Path.GetDirectoryName(importer) ?? root ?? string.Empty, path);
        try
        {
            problem = root is null ? null : Refusal(root, file);
            if (problem is not null)
            {
                return false;
            }

            source = SourceText.FromUtf8(File.ReadAllBytes(file), Normal(file));
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            problem = e is FileNotFoundException or DirectoryNotFoundException ? "there is no such file" : e.Message.TrimEnd('.');
            return false;
        }
    }

    private static string? Refusal(string root, string file)
    {
        string inside = Path.GetRelativePath(Resolved(root), Resolved(file));
        if (inside == ".." || inside.StartsWith(".." + Path.DirectorySeparatorChar, StringComparison.Ordinal) || Path.IsPathRooted(inside))
        {
            return "it is outside of the folder that imports may come from";
        }

        return File.Exists(file) && new FileInfo(file).Length > LargestBelowRoot ? $"it is larger than {LargestBelowRoot} bytes" : null;
    }

    /// <summary>The path with every link on it followed.</summary>
    private static string Resolved(string path)
    {
        string full = Path.GetFullPath(path);
        string resolved = Path.GetPathRoot(full)!;
        foreach (string part in full[resolved.Length..].Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries))
        {
            resolved = Path.Combine(resolved, part);
            FileSystemInfo entry = Directory.Exists(resolved) ? new DirectoryInfo(resolved) : new FileInfo(resolved);
            resolved = entry.LinkTarget is null ? resolved : Resolved(entry.ResolveLinkTarget(returnFinalTarget: true)!.FullName);
        }

        return resolved;
    }

    /// <summary>One spelling per file: relative below the working directory, otherwise absolute.</summary>
    private static string Normal(string file)
    {
        string full = Path.GetFullPath(file);
        string relative = Path.GetRelativePath(Environment.CurrentDirectory, full);
        return relative.StartsWith("..", StringComparison.Ordinal) ? full : relative;
    }
}
