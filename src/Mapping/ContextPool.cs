using System.Collections.Concurrent;
using Mapping.Functions;

namespace Mapping;

/// <summary>Evaluation contexts waiting for work; with their arenas they are worth keeping.</summary>
internal static class ContextPool
{
    private static readonly ConcurrentBag<EvaluationContext> Idle = [];

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
        if (own is null)
        {
            own = context;
        }
        else
        {
            Idle.Add(context);
        }
    }
}
