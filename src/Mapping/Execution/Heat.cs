using System.Diagnostics;
using Mapping.Ir;

namespace Mapping.Execution;

/// <summary>
/// How much work a mapping has done so far, estimated from every sixteenth run. Reading the clock costs a little, and
/// compiling costs as much as many thousand runs.
/// </summary>
internal sealed class Heat(BoundMapping mapping)
{
    private const int RunsPerSample = 16;

    private static readonly long WorkBeforeCompiling = Stopwatch.Frequency;

    private int runs;
    private long work;
    private int isReported;

    public BoundMapping Mapping => mapping;

    /// <summary>Counts a run. Workers may lose counts to each other, which does not matter.</summary>
    public bool IsSampled() => (++runs & (RunsPerSample - 1)) == 0;

    /// <summary>True once: when the work is found to be worth compiling for.</summary>
    /// <param name="start">When the sampled run began, by <see cref="Stopwatch.GetTimestamp"/>.</param>
    public bool IsHotAfter(long start)
    {
        long sampled = (Stopwatch.GetTimestamp() - start) * RunsPerSample;
        return Interlocked.Add(ref work, sampled) >= WorkBeforeCompiling && Interlocked.Exchange(ref isReported, 1) == 0;
    }
}
