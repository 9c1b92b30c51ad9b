using System.Globalization;
using BenchmarkDotNet.Running;
using Mapping.Benchmarks.Engine;

namespace Mapping.Benchmarks;

/// <summary>
/// <c>dotnet run -c Release --project bench/Mapping.Benchmarks -- --filter '*'</c>; the options are BenchmarkDotNet's.
/// <c>allocations</c> instead prints what each mapping of the budget allocates per document.
/// </summary>
internal static class Program
{
    private static void Main(string[] args)
    {
        if (args is not ["allocations"])
        {
            BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
            return;
        }

        foreach ((string name, double bytes) in Allocations.Measure())
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name} {bytes:0.##}"));
        }
    }
}
