using System.CommandLine;

namespace Mapping.Cli.Pipelines;

/// <summary><c>--env-file FILE</c>: variables of files become those of the process, which configurations and mappings read.</summary>
internal static class EnvironmentFiles
{
    public static Option<string[]> CreateOption() => new("--env-file", "-e")
    {
        Description = "A file of environment variables, NAME=VALUE a line; what it sets counts more than the environment, and a later file more than an earlier one.",
        HelpName = "FILE",
    };

    /// <exception cref="Problem">A file cannot be read or understood; nothing of it is set then.</exception>
    public static void Set(IEnumerable<string>? paths)
    {
        foreach (string path in paths ?? [])
        {
            foreach ((string name, string value) in new EnvironmentFileReader(path, ConfigurationSyntax.ReadFile(path, "file of variables").Content).Read())
            {
                Environment.SetEnvironmentVariable(name, value);
            }
        }
    }
}
