namespace Mapping.Cli.Repl;

/// <summary>The lines of former sessions, in the state folder of the user.</summary>
internal sealed class HistoryFile(string path)
{
    private const int MostEntries = 1000;

    public static HistoryFile OfUser()
    {
        string? state = Environment.GetEnvironmentVariable("XDG_STATE_HOME");
        string folder = !string.IsNullOrEmpty(state) ? state
            : OperatingSystem.IsWindows() ? Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData)
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".local", "state");
        return new HistoryFile(Path.Combine(folder, "blobl", "history"));
    }

    public IReadOnlyList<string> Load()
    {
        try
        {
            return File.Exists(path) ? [.. File.ReadLines(path).TakeLast(MostEntries)] : [];
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    /// <summary>A history that cannot be written is no reason to end a session.</summary>
    public void Append(string entry)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.AppendAllText(path, entry.ReplaceLineEndings("\n") + "\n");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
        }
    }
}
