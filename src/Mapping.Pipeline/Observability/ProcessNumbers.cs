using System.Diagnostics;
using Mapping.Pipeline.Contracts;

namespace Mapping.Pipeline.Observability;

/// <summary>Numbers of the process, under the names Prometheus clients use.</summary>
internal static class ProcessNumbers
{
    public static IReadOnlyList<MetricFamily> Collect()
    {
        using var process = Process.GetCurrentProcess();
        double start = (process.StartTime.ToUniversalTime() - DateTime.UnixEpoch).TotalSeconds;
        return
        [
            One("dotnet_gc_heap_bytes", MetricKind.Gauge, GC.GetTotalMemory(forceFullCollection: false)),
            One("dotnet_threads", MetricKind.Gauge, ThreadPool.ThreadCount),
            One("process_cpu_seconds", MetricKind.Counter, process.TotalProcessorTime.TotalSeconds),
            One("process_resident_memory_bytes", MetricKind.Gauge, process.WorkingSet64),
            One("process_start_time_seconds", MetricKind.Gauge, start),
        ];
    }

    private static MetricFamily One(string name, MetricKind kind, double value) => new(name, kind, [new MetricSeries([], value)]);
}
