namespace Mapping.Cli.Output;

/// <summary>
/// A file that is written beside its place and moved there when it is complete: an interrupted run leaves what was there
/// before, and nothing half-written.
/// </summary>
internal sealed class ReplacedFile(string path) : IDisposable
{
    private readonly string temporary = $"{path}.{Environment.ProcessId}.tmp";

    // An interruption comes on a thread of its own.
    private readonly Lock gate = new();
    private FileStream? stream;
    private bool isClosed;

    /// <summary>Where to write; opened at the first use, so that whoever cleans up can be in place before there is a file.</summary>
    public Stream Open()
    {
        lock (gate)
        {
            ObjectDisposedException.ThrowIf(isClosed, this);
            try
            {
                return stream ??= new FileStream(temporary, FileMode.Create, FileAccess.Write, FileShare.Read | FileShare.Delete, bufferSize: 0);
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                string reason = error is DirectoryNotFoundException ? "there is no such folder"
                    : error is UnauthorizedAccessException ? "permission denied"
                    : error.Message;
                throw new Problem(ExitCodes.Unreadable, $"cannot write {path}: {reason}", "check that the folder exists and can be written");
            }
        }
    }

    /// <summary>Everything is written: the file takes its place.</summary>
    public void Complete()
    {
        lock (gate)
        {
            if (isClosed || stream is null)
            {
                return;
            }

            stream.Dispose();
            if (File.Exists(path) && !OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(temporary, File.GetUnixFileMode(path));
            }

            File.Move(temporary, path, overwrite: true);
            isClosed = true;
        }
    }

    /// <summary>Removes what was written so far. The stream stays open: its owner may be in the middle of a write.</summary>
    public void Abandon()
    {
        lock (gate)
        {
            if (!isClosed && stream is not null)
            {
                File.Delete(temporary);
            }

            isClosed = true;
        }
    }

    public void Dispose()
    {
        stream?.Dispose();
        Abandon();
    }
}
