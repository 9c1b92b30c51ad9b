namespace Mapping.Cli.Pipelines;

/// <summary>
/// What files of variables set, over the environment of the process. Configurations and mappings read them from here; the process itself
/// gets them when the configuration that they belong to is run, for libraries that look there.
/// </summary>
internal sealed class FileVariables(IReadOnlyDictionary<string, string> set)
{
    public static FileVariables None { get; } = new(new Dictionary<string, string>());

    public MappingEnvironment SeenBy(MappingEnvironment environment) =>
        set.Count == 0 ? environment : environment.WithServices(environment.Services with { ReadVariable = Get });

    public string? Get(string name) => set.TryGetValue(name, out string? value) ? value : Environment.GetEnvironmentVariable(name);

    public void Publish()
    {
        foreach ((string name, string value) in set)
        {
            Environment.SetEnvironmentVariable(name, value);
        }
    }
}
