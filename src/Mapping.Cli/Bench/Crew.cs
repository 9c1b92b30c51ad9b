using System.Diagnostics;

namespace Mapping.Cli.Bench;

/// <summary>Workers that begin and end a round together, so that all the processor time of a round is its own.</summary>
internal sealed class Crew : IDisposable
{
    private readonly Barrier gate;
    private readonly Thread[] others;
    private IReadOnlyList<IPass> passes = [];
    private int repeats;
    private long allocated;
    private Exception? fault;
    private volatile bool isOver;

    public Crew(int size)
    {
        gate = new Barrier(size);
        others = [.. Enumerable.Range(1, size - 1).Select(i => new Thread(() => Follow(i)) { IsBackground = true })];
        foreach (Thread thread in others)
        {
            thread.Start();
        }
    }

    /// <summary>Every worker does its pass so many times.</summary>
    public Round Run(IReadOnlyList<IPass> ofWorkers, int times)
    {
        passes = ofWorkers;
        repeats = times;
        allocated = 0;
        TimeSpan before = Environment.CpuUsage.TotalTime;
        long start = Stopwatch.GetTimestamp();
        gate.SignalAndWait();
        Work(0);
        gate.SignalAndWait();
        TimeSpan wall = Stopwatch.GetElapsedTime(start);
        TimeSpan cpu = Environment.CpuUsage.TotalTime - before;
        return fault is null ? new Round(wall, cpu, allocated) : throw new InvalidOperationException("a worker failed", fault);
    }

    public void Dispose()
    {
        isOver = true;
        gate.SignalAndWait();
        foreach (Thread thread in others)
        {
            thread.Join();
        }

        gate.Dispose();
    }

    private void Follow(int worker)
    {
        while (true)
        {
            gate.SignalAndWait();
            if (isOver)
            {
                return;
            }

            Work(worker);
            gate.SignalAndWait();
        }
    }

    private void Work(int worker)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            for (int i = 0; i < repeats; i++)
            {
                passes[worker].Run();
            }
        }
#pragma warning disable CA1031 // A worker that fell away would leave the others waiting.
        catch (Exception e)
#pragma warning restore CA1031
        {
            fault = e;
        }

        Interlocked.Add(ref allocated, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}

/// <summary>What one round took.</summary>
/// <param name="Cpu">Processor time of the whole process.</param>
/// <param name="Allocated">Bytes allocated by the workers.</param>
internal readonly record struct Round(TimeSpan Wall, TimeSpan Cpu, long Allocated);
