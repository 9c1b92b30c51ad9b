using System.CommandLine;
using System.Text.Unicode;
using Mapping.Pipeline.Graph;
using Mapping.Pipeline.Testing;
using Mapping.Text;

namespace Mapping.Cli.Pipelines;

/// <summary>The options that say which configuration is meant, the same for every command that reads one.</summary>
/// <param name="takesMany">Several files and folders, rather than one file.</param>
internal sealed class ConfigurationSyntax(bool takesMany = false)
{
    private readonly Argument<string?> file = new("FILE") { Description = $"The configuration; else {StandardPlaces.Listed}, the first there is.", Arity = ArgumentArity.ZeroOrOne };
    private readonly Argument<string[]> files = new("FILE") { Description = "Configurations, folders of them, or FOLDER/... for all below it.", Arity = ArgumentArity.ZeroOrMore };
    private readonly Option<string?> config = new("--config", "-f", "-c") { Description = "The configuration.", HelpName = "FILE" };
    private readonly Option<string[]> resources = new("--resources", "-r") { Description = "Files of shared components; wildcards are allowed.", HelpName = "FILE" };
    private readonly Option<string[]> changes = new("--set", "-s") { Description = "Change a value, as in --set input.file.paths.0=events.ndjson.", HelpName = "PATH=VALUE" };
    private readonly Option<string[]> variables = EnvironmentFiles.CreateOption();
    private readonly Option<bool> raw = new("--env-raw") { Description = "Substitute environment variables before the YAML is read, instead of after." };
    private readonly Option<bool> mayLack = new("--skip-env-var-check") { Description = "Environment variables that are not set are empty, and no error." };

    private string? found;

    public void AddTo(Command command)
    {
        command.Add(takesMany ? files : file);
        command.Add(config);
        command.Add(resources);
        command.Add(changes);
        command.Add(variables);
        command.Add(raw);
        command.Add(mayLack);
        command.Validators.Add(result =>
        {
            if ((takesMany ? result.GetValue(files) is { Length: > 0 } : result.GetValue(file) is not null) && result.GetValue(config) is not null)
            {
                result.AddError("give the configuration either as an argument or with -f");
            }
        });
    }

    /// <summary>The one that is named, or else the one that stands in one of the <see cref="StandardPlaces"/>.</summary>
    public Configuration Read(ParseResult parsed) => Read(parsed, out _);

    /// <inheritdoc cref="Read(ParseResult)"/>
    public Configuration Read(ParseResult parsed, out FileVariables set)
    {
        set = EnvironmentFiles.Read(parsed.GetValue(variables));
        return Read(parsed, MainOf(parsed), set);
    }

    /// <summary>The files that <see cref="Read(ParseResult)"/> reads as configurations.</summary>
    public IEnumerable<string> FilesOf(ParseResult parsed) => ResourcesOf(parsed).Prepend(MainOf(parsed)).OfType<string>();

    /// <summary>Whether a command line names the configuration.</summary>
    public bool Names(ParseResult parsed) => (takesMany ? null : parsed.GetValue(file)) is not null || parsed.GetValue(config) is not null;

    /// <summary>Every one that is named.</summary>
    public IEnumerable<Configuration> ReadEach(ParseResult parsed)
    {
        FileVariables set = EnvironmentFiles.Read(parsed.GetValue(variables));
        return parsed.GetValue(files) is { Length: > 0 } named ? Find(named).Select(path => Read(parsed, path, set)) : [Read(parsed, MainOf(parsed), set)];
    }

    public static SourceText ReadFile(string path, string kind = "configuration")
    {
        try
        {
            byte[] content = File.ReadAllBytes(path);
            if (!Utf8.IsValid(content))
            {
                throw new Problem(ExitCodes.InvalidMapping, $"the {kind} {path} is not UTF-8", "save it as UTF-8");
            }

            return SourceText.FromUtf8(content.AsSpan().StartsWith("\uFEFF"u8) ? content.AsSpan(3) : content, path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw Problem.UnreadableFile(kind, path, error, "check the path");
        }
    }

    /// <exception cref="Problem">The folder cannot be listed.</exception>
    public static IReadOnlyList<string> Expand(string pattern)
    {
        if (pattern.AsSpan().IndexOfAny("*?") < 0)
        {
            return [pattern];
        }

        string folder = Path.GetDirectoryName(pattern) is { Length: > 0 } given ? given : ".";
        try
        {
            return Directory.Exists(folder) ? [.. Directory.EnumerateFiles(folder, Path.GetFileName(pattern)).Order(StringComparer.Ordinal)] : [];
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new Problem(ExitCodes.Unreadable, $"cannot list the folder {folder}: {error.Message.TrimEnd('.')}", "check its permissions, or name the files");
        }
    }

    /// <summary>Configurations under paths: files, folders, or <c>folder/...</c> for all below it.</summary>
    public static IReadOnlyList<string> Find(IEnumerable<string> paths)
    {
        try
        {
            return TestFiles.Find(paths);
        }
        catch (FileNotFoundException error)
        {
            throw Problem.UnreadableFile("configuration", error.FileName!, error, "check the path");
        }
    }

    /// <summary>What was found once is meant from then on: a file that is away for a moment does not make room for another one, or for none.</summary>
    private string? MainOf(ParseResult parsed) => (takesMany ? null : parsed.GetValue(file)) ?? parsed.GetValue(config) ?? (found ??= StandardPlaces.Find());

    private IEnumerable<string> ResourcesOf(ParseResult parsed) => (parsed.GetValue(resources) ?? []).SelectMany(Expand);

    private Configuration Read(ParseResult parsed, string? path, FileVariables set) => new()
    {
        Main = path is null ? null : ReadFile(path),
        Resources = [.. ResourcesOf(parsed).Select(shared => ReadFile(shared))],
        Overrides = parsed.GetValue(changes) ?? [],
        Variables = set.Get,
        SubstitutesRaw = parsed.GetValue(raw),
        MayLackVariables = parsed.GetValue(mayLack),
        Environment = set.SeenBy(Environments.Full),
    };
}
