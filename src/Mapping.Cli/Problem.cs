namespace Mapping.Cli;

/// <summary>A failure that ends the command: what is wrong, how to mend it, and the exit code that says so.</summary>
internal sealed class Problem(int exitCode, string message, string? remedy = null) : Exception(message)
{
    public int ExitCode => exitCode;

    public static Problem UnreadableFile(string kind, string path, Exception cause, string remedy) =>
        new(ExitCodes.Unreadable, $"cannot read the {kind} {path}: {Reason(path, cause)}", remedy);

    public int Report(TextWriter error)
    {
        error.WriteLine($"blobl: {Message}");
        if (remedy is not null)
        {
            error.WriteLine($"  {remedy}");
        }

        return ExitCode;
    }

    private static string Reason(string path, Exception cause) => cause switch
    {
        _ when Directory.Exists(path) => "it is a folder",
        FileNotFoundException => "there is no such file",
        DirectoryNotFoundException => "there is no such folder",
        UnauthorizedAccessException => "permission denied",
        _ => cause.Message,
    };
}
