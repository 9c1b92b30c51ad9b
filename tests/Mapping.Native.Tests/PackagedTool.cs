using Mapping.Testing;

namespace Mapping.Native.Tests;

/// <summary>Packs the .NET tool and installs it into a folder of its own, once for all tests.</summary>
public sealed class PackagedTool : IDisposable
{
    private readonly Lazy<string> path;
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("blobl-tool");

    public PackagedTool() => path = new Lazy<string>(PackAndInstall);

    public Outcome Run(string input, params string[] arguments) => ChildProcess.Run(path.Value, input, arguments);

    /// <summary>The installed assembly of that name.</summary>
    public string Assembly(string name) => Directory.EnumerateFiles(Path.GetDirectoryName(path.Value)!, name, SearchOption.AllDirectories).Single();

    public void Dispose() => folder.Delete(recursive: true);

    private string PackAndInstall()
    {
        string packages = Path.Combine(folder.FullName, "packages");
        string tools = Path.Combine(folder.FullName, "tools");
        Outcome packed = ChildProcess.Run(
            "dotnet",
            string.Empty,
            "pack", Repository.PathOf("src", "Mapping.Cli"), "--artifacts-path", Path.Combine(AppContext.BaseDirectory, "tool"), "--output", packages,
            "--verbosity", "quiet", "-nodeReuse:false", "--property:UseSharedCompilation=false", "--property:RunAnalyzers=false");
        Assert.True(packed.ExitCode == 0, $"the tool cannot be packed:\n{packed.Output}{packed.Error}");
        Assert.DoesNotContain("warning", packed.Output, StringComparison.OrdinalIgnoreCase);
        Outcome installed = ChildProcess.Run("dotnet", string.Empty, "tool", "install", "Mapping.Cli", "--tool-path", tools, "--source", packages);
        Assert.True(installed.ExitCode == 0, $"the tool cannot be installed:\n{installed.Output}{installed.Error}");
        return Path.Combine(tools, OperatingSystem.IsWindows() ? "blobl.exe" : "blobl");
    }
}
