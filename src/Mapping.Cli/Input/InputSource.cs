namespace Mapping.Cli.Input;

/// <summary>Where documents come from: standard input or a file.</summary>
/// <param name="Name">The name used in messages.</param>
/// <param name="Path">The file; null for standard input.</param>
internal sealed record InputSource(string Name, string? Path)
{
    private const string Remedy = "check the path; without files, documents are read from standard input";

    public static InputSource StandardInput { get; } = new("stdin", null);

    /// <summary>The sources that arguments name, <c>-</c> being standard input. Missing files are reported before any work is done.</summary>
    public static IReadOnlyList<InputSource> Of(IReadOnlyList<string> paths)
    {
        if (paths.Count == 0)
        {
            return [StandardInput];
        }

        foreach (string path in paths)
        {
            // Pipes and devices exist without being plain files, so only what cannot be there at all is refused early.
            if (path != "-" && !File.Exists(path))
            {
                throw Problem.UnreadableFile("input file", path, new FileNotFoundException(), Remedy);
            }
        }

        return [.. paths.Select(path => path == "-" ? StandardInput : new InputSource(path, path))];
    }

    public Stream Open(Stream standardInput)
    {
        if (Path is null)
        {
            return standardInput;
        }

        try
        {
            return new FileStream(Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw Problem.UnreadableFile("input file", Path, error, Remedy);
        }
    }
}
