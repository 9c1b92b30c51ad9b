using BenchmarkDotNet.Running;

namespace Mapping.Benchmarks;

/// <summary><c>dotnet run -c Release --project bench/Mapping.Benchmarks -- --filter '*'</c>; the options are BenchmarkDotNet's.</summary>
internal static class Program
{
    private static void Main(string[] args) => BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
}
