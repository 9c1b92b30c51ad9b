using System.Globalization;
using Mapping.Testing;

namespace Mapping.Benchmarks.Tests;

/// <summary>
/// What the mappings of the budget allocate per document on both tiers; more than recorded is a regression. A debug build allocates
/// to find mistakes, so an optimised one is made and asked.
/// </summary>
public sealed class AllocationTests
{
    [Fact]
    public void Bytes_per_document()
    {
        string folder = Path.Combine(AppContext.BaseDirectory, "optimised");
        Outcome built = ChildProcess.Run(
            "dotnet",
            string.Empty,
            "build", Repository.PathOf("bench", "Mapping.Benchmarks"), "--configuration", "Release", "--artifacts-path", folder, "--verbosity", "quiet",
            "-nodeReuse:false", "--property:UseSharedCompilation=false", "--property:RunAnalyzers=false");
        Assert.True(built.ExitCode == 0, $"the benchmarks do not build:\n{built.Output}{built.Error}");

        // Code that is optimised at once; otherwise the figures depend on when it is.
        Outcome told = ChildProcess.Run(
            "dotnet",
            string.Empty,
            new Dictionary<string, string> { ["DOTNET_TieredCompilation"] = "0" },
            Path.Combine(folder, "bin", "Mapping.Benchmarks", "release", "Mapping.Benchmarks.dll"), "allocations");
        Assert.True(told.ExitCode == 0, told.Error);
        Ratchet.Verify([.. told.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(Figure)]);
    }

    private static (string Name, double Figure) Figure(string line) =>
        (line[..line.LastIndexOf(' ')], double.Parse(line[(line.LastIndexOf(' ') + 1)..], CultureInfo.InvariantCulture));
}
