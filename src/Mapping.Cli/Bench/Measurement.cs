using System.Diagnostics;

namespace Mapping.Cli.Bench;

/// <summary>
/// A mapping timed against the bare reading of the same documents. Short rounds of the two take turns, so that whatever
/// else the machine does falls on both, and medians of the rounds are told.
/// </summary>
internal sealed class Measurement
{
    private static readonly TimeSpan WarmUp = TimeSpan.FromMilliseconds(800);
    private static readonly TimeSpan RoundLength = TimeSpan.FromMilliseconds(30);

    /// <summary>How long a document takes one worker of several to map, by the clock: the rate of all workers together.</summary>
    public required double Nanoseconds { get; init; }

    /// <summary>Processor time a document takes to map.</summary>
    public required double CpuNanoseconds { get; init; }

    public required double AllocatedBytes { get; init; }

    /// <summary>
    /// The speed of the mapping relative to only reading, by processor time, which other programs do not disturb; null when the
    /// documents cannot be scanned.
    /// </summary>
    public required double? ScanRatio { get; init; }

    public required int Rounds { get; init; }

    public static Measurement Of(CompiledMapping mapping, DocumentSet documents, BenchOptions options)
    {
        using var crew = new Crew(options.Threads);
        IPass[] maps = [.. Enumerable.Range(0, options.Threads).Select(_ => new MappingPass(mapping, documents, OutputForm.Message))];
        IPass[] scans = documents.IsJson() ? [.. Enumerable.Range(0, options.Threads).Select(_ => new ScanPass(documents))] : [];
        int mapRepeats = Settle(crew, maps);
        int scanRepeats = scans.Length == 0 ? 0 : Settle(crew, scans);
        var mapped = new List<Round>();
        var scanned = new List<Round>();
        long start = Stopwatch.GetTimestamp();
        do
        {
            mapped.Add(crew.Run(maps, mapRepeats));
            if (scanRepeats > 0)
            {
                scanned.Add(crew.Run(scans, scanRepeats));
            }
        }
        while (Stopwatch.GetElapsedTime(start) < options.Duration);

        double mapDocuments = (double)mapRepeats * documents.Count * options.Threads;
        double scanDocuments = (double)scanRepeats * documents.Count * options.Threads;
        return new Measurement
        {
            Nanoseconds = Median(mapped.Select(r => r.Wall.TotalNanoseconds / mapDocuments)),
            CpuNanoseconds = Median(mapped.Select(r => r.Cpu.TotalNanoseconds / mapDocuments)),
            AllocatedBytes = Median(mapped.Select(r => r.Allocated / mapDocuments)),
            ScanRatio = scanRepeats == 0
                ? null
                : Median(mapped.Zip(scanned, (m, s) => Cost(s) / Cost(m) * (mapDocuments / scanDocuments))),
            Rounds = mapped.Count,
        };
    }

    /// <summary>Runs until the code has taken its final form; gives how many passes fill a round.</summary>
    private static int Settle(Crew crew, IPass[] passes)
    {
        // Beside other programs the clock alone would not give the compiler in the background its time.
        TimeSpan spent = TimeSpan.Zero;
        TimeSpan least = TimeSpan.MaxValue;
        do
        {
            Round last = crew.Run(passes, 1);
            spent += Cost(last) / passes.Length;
            least = last.Wall < least ? last.Wall : least;
        }
        while (spent < WarmUp);

        return (int)Math.Max(1, RoundLength / least);
    }

    /// <summary>Processor time, but that Windows counts it in ticks too long for a round.</summary>
    private static TimeSpan Cost(Round round) => OperatingSystem.IsWindows() ? round.Wall : round.Cpu;

    private static double Median(IEnumerable<double> figures)
    {
        double[] sorted = [.. figures.Order()];
        int middle = sorted.Length / 2;
        return sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
