using System.CommandLine;

namespace Mapping.Cli.Pipelines;

/// <summary><c>--env-file FILE</c>: variables that configurations and mappings read.</summary>
internal static class EnvironmentFiles
{
    public static Option<string[]> CreateOption() => new("--env-file", "-e")
    {
        Description = "A file of environment variables, NAME=VALUE a line; what it sets counts more than the environment, and a later file more than an earlier one.",
        HelpName = "FILE",
    };

    /// <exception cref="Problem">A file cannot be read or understood.</exception>
    public static FileVariables Read(IEnumerable<string>? paths)
    {
        if (paths is null)
        {
            return FileVariables.None;
        }

        var all = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (string path in paths)
        {
            foreach ((string name, string value) in new EnvironmentFileReader(path, ConfigurationSyntax.ReadFile(path, "file of variables").Content).Read())
            {
                all[name] = value;
            }
        }

        return new FileVariables(all);
    }
}
