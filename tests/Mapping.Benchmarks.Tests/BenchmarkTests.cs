using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Filters;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Mapping.Benchmarks.Builtins;
using Mapping.Benchmarks.Compiling;
using Mapping.Benchmarks.Engine;

namespace Mapping.Benchmarks.Tests;

/// <summary>Every class of benchmarks can be run; once, in this process, and nobody looks at the times.</summary>
public sealed class BenchmarkTests
{
    [Theory]
    [InlineData(typeof(EngineBenchmarks), "identity")]
    [InlineData(typeof(BuiltinBenchmarks), "lowercase")]
    [InlineData(typeof(ParserBenchmarks), "30")]
    [InlineData(typeof(CompileLatencyBenchmarks), null)]
    public void A_class_of_benchmarks_runs(Type benchmarks, string? parameter)
    {
        string folder = Path.Combine(AppContext.BaseDirectory, "benchmarks", benchmarks.Name);
        IConfig config = ManualConfig.CreateEmpty()
            .AddJob(Job.Dry.WithToolchain(InProcessEmitToolchain.Instance))
            .AddFilter(new SimpleFilter(c => parameter is null || c.Parameters.Items.Any(i => $"{i.Value}" == parameter)))
            .WithArtifactsPath(folder)
            .WithOptions(ConfigOptions.DisableOptimizationsValidator);
        Summary summary = BenchmarkRunner.Run(benchmarks, config);
        Assert.False(summary.HasCriticalValidationErrors, string.Join("\n", summary.ValidationErrors));
        Assert.NotEmpty(summary.Reports);
        Assert.All(summary.Reports, r => Assert.True(r.Success, r.BenchmarkCase.DisplayInfo));
    }

    [Fact]
    public void Every_mapping_of_the_budget_is_a_benchmark() => Assert.Equal(
        Directory.EnumerateFiles(Testing.Repository.PathOf("bench", "mappings")).Select(f => Path.GetFileNameWithoutExtension(f)!).Order(StringComparer.Ordinal),
        EngineBenchmarks.Workloads.Order(StringComparer.Ordinal));

    [Fact]
    public void The_mapping_of_the_latency_has_30_lines() => Assert.Equal(
        30, File.ReadLines(Testing.Repository.PathOf("bench", "Mapping.Benchmarks", "Compiling", "thirty_lines.blobl")).Count());
}
