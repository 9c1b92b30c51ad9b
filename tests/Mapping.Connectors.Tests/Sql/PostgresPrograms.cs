using Mapping.Testing;

namespace Mapping.Connectors.Tests.Sql;

/// <summary>The programs of a PostgreSQL server. It refuses to run as root; then its own user runs it.</summary>
internal static class PostgresPrograms
{
    public const string Missing = "the server of PostgreSQL is not installed";

    /// <summary>Where they are: on the path, or where Debian puts the newest version. Null when they are nowhere.</summary>
    public static string? Folder { get; } = Candidates().FirstOrDefault(static f => File.Exists(Path.Combine(f, "initdb")) && File.Exists(Path.Combine(f, "postgres")));

    public static void Run(string program, params string[] arguments)
    {
        Outcome outcome = Environment.IsPrivilegedProcess
            ? ChildProcess.Run("runuser", string.Empty, ["-u", "postgres", "--", Path.Combine(Folder!, program), .. arguments])
            : ChildProcess.Run(Path.Combine(Folder!, program), string.Empty, arguments);
        Assert.True(outcome.ExitCode == 0, $"{program} failed: {outcome.Output}{outcome.Error}");
    }

    /// <summary>A folder of which the server is the owner.</summary>
    public static string CreateFolder()
    {
        string folder = Directory.CreateTempSubdirectory("postgres-").FullName;
        if (Environment.IsPrivilegedProcess)
        {
            Assert.Equal(0, ChildProcess.Run("chown", string.Empty, "postgres", folder).ExitCode);
        }

        return folder;
    }

    private static IEnumerable<string> Candidates()
    {
        const string debian = "/usr/lib/postgresql";
        IEnumerable<string> packaged = Directory.Exists(debian) ? Directory.GetDirectories(debian).OrderByDescending(static d => d, StringComparer.Ordinal).Select(static d => Path.Combine(d, "bin")) : [];
        return (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(Path.PathSeparator).Concat(packaged);
    }
}
