using System.Collections.Concurrent;
using System.Diagnostics;

namespace Mapping.Execution;

/// <summary>
/// Compiles mappings that proved hot, one after another on a thread of the pool, while they go on being interpreted. It
/// keeps none of them alive.
/// </summary>
internal static class BackgroundCompiler
{
    private static readonly ConcurrentQueue<WeakReference<MappingProgram>> Waiting = new();
    private static int isRunning;

    public static void Enqueue(MappingProgram program)
    {
        Waiting.Enqueue(new WeakReference<MappingProgram>(program));
        Start();
    }

    private static void Start()
    {
        if (Interlocked.Exchange(ref isRunning, 1) == 0)
        {
            ThreadPool.UnsafeQueueUserWorkItem(static _ => Work(), null);
        }
    }

    private static void Work()
    {
        while (Waiting.TryDequeue(out WeakReference<MappingProgram>? next))
        {
            if (next.TryGetTarget(out MappingProgram? program))
            {
                Promote(program);
            }
        }

        Volatile.Write(ref isRunning, 0);
        if (!Waiting.IsEmpty)
        {
            Start();
        }
    }

    /// <summary>A mapping that cannot be compiled is no failure of the program: it stays interpreted.</summary>
    private static void Promote(MappingProgram program)
    {
        try
        {
            program.Promote();
        }
#pragma warning disable CA1031 // Nobody waits for the outcome.
        catch (Exception e)
#pragma warning restore CA1031
        {
            Debug.Fail($"a mapping could not be compiled: {e}");
        }
    }
}
