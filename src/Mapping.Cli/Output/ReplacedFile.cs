namespace Mapping.Cli.Output;

/// <summary>
/// A file that is written beside its place and moved there when it is complete: an interrupted run leaves what was there
/// before, and nothing half-written.
/// </summary>
internal sealed class ReplacedFile : IDisposable
{
    private readonly string path;
    private readonly string temporary;
    private bool isDone;

    public ReplacedFile(string path)
    {
        this.path = path;
        temporary = $"{path}.{Environment.ProcessId}.tmp";
        try
        {
            Stream = new FileStream(temporary, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new Problem(ExitCodes.Unreadable, $"cannot write {path}: {(error is DirectoryNotFoundException ? "there is no such folder" : error is UnauthorizedAccessException ? "permission denied" : error.Message)}", "check that the folder exists and can be written");
        }
    }

    public Stream Stream { get; }

    /// <summary>Everything is written: the file takes its place.</summary>
    public void Complete()
    {
        Stream.Dispose();
        if (File.Exists(path) && !OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(temporary, File.GetUnixFileMode(path));
        }

        File.Move(temporary, path, overwrite: true);
        isDone = true;
    }

    public void Dispose()
    {
        Stream.Dispose();
        if (!isDone)
        {
            File.Delete(temporary);
        }
    }
}
