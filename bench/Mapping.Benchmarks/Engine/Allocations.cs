using Mapping.Execution;

namespace Mapping.Benchmarks.Engine;

/// <summary>
/// What the mappings of the budget allocate per document when they are warm. Without tiered compilation
/// (<c>DOTNET_TieredCompilation=0</c>) the figures are the same in every run.
/// </summary>
internal static class Allocations
{
    private const int WarmUps = 4;
    private const int Passes = 4;

    public static IEnumerable<(string Name, double Bytes)> Measure()
    {
        foreach (string mapping in EngineBenchmarks.Workloads)
        {
            ArraySegment<byte>[] documents = Resources.Documents(EngineBenchmarks.CorpusOf(mapping));
            foreach (Tier tier in (Tier[])[Tier.Interpreter, Tier.Compiled])
            {
                yield return ($"{mapping} {tier}", Measure(Worker.Of(Resources.Mapping(mapping), tier), documents));
            }
        }
    }

    /// <summary>The least of several passes: a pool that a collection has emptied is no property of the mapping.</summary>
    private static double Measure(Worker worker, ArraySegment<byte>[] documents)
    {
        long least = long.MaxValue;
        for (int pass = 0; pass < WarmUps + Passes; pass++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            foreach (ArraySegment<byte> document in documents)
            {
                worker.Run(document);
            }

            long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            least = pass < WarmUps ? least : Math.Min(least, allocated);
        }

        return (double)least / documents.Length;
    }
}
