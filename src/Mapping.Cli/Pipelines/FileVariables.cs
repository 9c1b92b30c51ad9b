namespace Mapping.Cli.Pipelines;

/// <summary>
/// What files of variables set, over the environment of the process. Configurations and mappings read them from here; the process itself
/// gets them when the configuration that they belong to is run, for libraries that look there.
/// </summary>
internal sealed class FileVariables(IReadOnlyDictionary<string, string> set)
{
    /// <summary>What the process had of its own in place of those that are published.</summary>
    private static readonly Dictionary<string, string?> Before = [];

    public static FileVariables None { get; } = new(new Dictionary<string, string>());

    public MappingEnvironment SeenBy(MappingEnvironment environment) =>
        set.Count == 0 ? environment : environment.WithServices(environment.Services with { ReadVariable = Get });

    public string? Get(string name)
    {
        if (set.TryGetValue(name, out string? value))
        {
            return value;
        }

        lock (Before)
        {
            return Before.TryGetValue(name, out value) ? value : Environment.GetEnvironmentVariable(name);
        }
    }

    /// <summary>In place of those that were published before.</summary>
    public void Publish()
    {
        lock (Before)
        {
            foreach ((string name, string? value) in Before)
            {
                Environment.SetEnvironmentVariable(name, value);
            }

            Before.Clear();
            foreach ((string name, string value) in set)
            {
                Before[name] = Environment.GetEnvironmentVariable(name);
                Environment.SetEnvironmentVariable(name, value);
            }
        }
    }
}
