using System.Collections.Concurrent;
using Mapping.Functions;

namespace Mapping;

/// <summary>Evaluation contexts waiting for work; with their arenas they are worth keeping.</summary>
internal static class ContextPool
{
    private static readonly ConcurrentBag<EvaluationContext> Idle = [];
    private static readonly int Most = Environment.ProcessorCount * 4;

    [ThreadStatic]
    private static EvaluationContext? own;

    public static EvaluationContext Take()
    {
        if (own is { } context)
        {
            own = null;
            return context;
        }

        return Idle.TryTake(out EvaluationContext? idle) ? idle : new EvaluationContext();
    }

    public static void Return(EvaluationContext context)
    {
        context.Release();
        if (own is null)
        {
            own = context;
        }
        else if (Idle.Count < Most)
        {
            Idle.Add(context);
        }
    }
}
