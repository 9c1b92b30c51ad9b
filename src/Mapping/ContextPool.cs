using System.Collections.Concurrent;
using Mapping.Functions;

namespace Mapping;

/// <summary>Evaluation contexts waiting for work; with their arenas they are worth keeping.</summary>
internal static class ContextPool
{
    private static readonly ConcurrentBag<EvaluationContext> Idle = [];
    private static readonly int Most = Environment.ProcessorCount * 4;

    /// <summary>The one that the thread keeps.</summary>
    [ThreadStatic]
    private static EvaluationContext? own;

    public static EvaluationContext Take()
    {
        EvaluationContext context = own ??= new EvaluationContext();
        if (!context.IsKeptAndTaken)
        {
            context.IsKeptAndTaken = true;
            return context;
        }

        // A mapping within a mapping.
        return Idle.TryTake(out EvaluationContext? idle) ? idle : new EvaluationContext();
    }

    public static void Return(EvaluationContext context)
    {
        context.Release();
        if (context.IsKeptAndTaken)
        {
            context.IsKeptAndTaken = false;
        }
        else if (Idle.Count < Most)
        {
            Idle.Add(context);
        }
    }
}
