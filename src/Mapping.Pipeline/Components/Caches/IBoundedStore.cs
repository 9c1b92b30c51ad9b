using System.Diagnostics.CodeAnalysis;

namespace Mapping.Pipeline.Components.Caches;

/// <summary>So many values by key; which of them gives way to a new one is its own rule. Not for several threads at once.</summary>
internal interface IBoundedStore
{
    bool TryGet(string key, [MaybeNullWhen(false)] out ReadOnlyMemory<byte> value);

    /// <summary>Looks without use.</summary>
    bool Contains(string key);

    void Set(string key, ReadOnlyMemory<byte> value);

    void Remove(string key);
}

/// <summary>What was not used for longest gives way.</summary>
internal sealed class StandardStore(int capacity) : IBoundedStore
{
    private readonly RecencyList<ReadOnlyMemory<byte>> values = new();

    public bool TryGet(string key, out ReadOnlyMemory<byte> value) => values.TryUse(key, out value);

    public bool Contains(string key) => values.Contains(key);

    public void Set(string key, ReadOnlyMemory<byte> value)
    {
        values.Set(key, value);
        if (values.Count > capacity)
        {
            values.RemoveOldest();
        }
    }

    public void Remove(string key) => values.Remove(key);
}
