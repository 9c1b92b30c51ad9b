using Mapping.Testing;

namespace Mapping.Native.Tests;

/// <summary>Builds the native binary once for all tests, apart from the outputs of the ordinary build.</summary>
public sealed class NativeBinary
{
    private readonly Lazy<string> path = new(Publish);

    public Outcome Run(string input, params string[] arguments) => ChildProcess.Run(path.Value, input, arguments);

    public string[] PublishedFiles() => [.. Directory.EnumerateFiles(Path.GetDirectoryName(path.Value)!).Select(f => Path.GetFileName(f)!)];

    private static string Publish()
    {
        string work = Path.Combine(AppContext.BaseDirectory, "native");
        string output = Path.Combine(work, "publish-output");
        Outcome published = ChildProcess.Run(
            "dotnet",
            string.Empty,
            "publish", Repository.PathOf("src", "Mapping.Cli"), "--configuration", "Release", "--runtime", "linux-x64", "--property:PublishAot=true",
            "--artifacts-path", work, "--output", output, "--verbosity", "quiet", "-nodeReuse:false", "--property:UseSharedCompilation=false", "--property:RunAnalyzers=false");
        Assert.True(published.ExitCode == 0, $"the native binary does not build:\n{published.Output}{published.Error}");
        Assert.DoesNotContain("warning", published.Output, StringComparison.OrdinalIgnoreCase);
        return Path.Combine(output, "blobl");
    }
}
