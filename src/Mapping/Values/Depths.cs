namespace Mapping.Values;

/// <summary>The true nesting of a value: nodes and documents know only an upper bound of theirs.</summary>
internal static class Depths
{
    /// <summary>Levels of containers; stops counting beyond <paramref name="most"/>.</summary>
    public static int Measure(Value value, int most)
    {
        int deepest = 0;
        var pending = new Stack<(Value Value, int Level)>();
        pending.Push((value, 1));
        while (deepest <= most && pending.TryPop(out (Value Value, int Level) next))
        {
            deepest = Math.Max(deepest, next.Level);
            if (next.Value.IsArray)
            {
                foreach (Value element in next.Value.Elements)
                {
                    Add(pending, element, next.Level);
                }
            }
            else
            {
                foreach (Member member in next.Value.Members)
                {
                    Add(pending, member.Value, next.Level);
                }
            }
        }

        return deepest;
    }

    private static void Add(Stack<(Value Value, int Level)> pending, Value value, int level)
    {
        if (value.IsContainer)
        {
            pending.Push((value, level + 1));
        }
    }
}
