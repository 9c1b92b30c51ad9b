namespace Mapping.Binding;

/// <summary>Hands out the slots of a mapping or map: one per variable name, one per place that makes a context.</summary>
internal sealed class Frame(int reserved = 0)
{
    private readonly Dictionary<string, int> variables = new(StringComparer.Ordinal);

    public int SlotCount { get; private set; } = reserved;

    public IReadOnlyDictionary<string, int> Variables => variables;

    /// <summary>The slot of a variable; reading one that is never set finds it empty.</summary>
    public int Variable(string name)
    {
        if (!variables.TryGetValue(name, out int slot))
        {
            variables[name] = slot = NewSlot();
        }

        return slot;
    }

    /// <summary>The first of some slots side by side.</summary>
    public int NewSlot(int count = 1)
    {
        SlotCount += count;
        return SlotCount - count;
    }
}
