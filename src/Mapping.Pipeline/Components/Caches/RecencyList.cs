using System.Diagnostics.CodeAnalysis;

namespace Mapping.Pipeline.Components.Caches;

/// <summary>Values by key in the order of their last use. Not for several threads at once.</summary>
internal sealed class RecencyList<T>
{
    private readonly Dictionary<string, LinkedListNode<(string Key, T Value)>> nodes = [];
    private readonly LinkedList<(string Key, T Value)> order = new();

    public int Count => nodes.Count;

    public bool Contains(string key) => nodes.ContainsKey(key);

    /// <summary>Looks without use.</summary>
    public bool TryPeek(string key, [MaybeNullWhen(false)] out T value)
    {
        bool found = nodes.TryGetValue(key, out LinkedListNode<(string Key, T Value)>? node);
        value = found ? node!.Value.Value : default;
        return found;
    }

    /// <summary>A value that is found is the last used one from now on.</summary>
    public bool TryUse(string key, [MaybeNullWhen(false)] out T value)
    {
        bool found = nodes.TryGetValue(key, out LinkedListNode<(string Key, T Value)>? node);
        value = default;
        if (found)
        {
            value = node!.Value.Value;
            order.Remove(node);
            order.AddFirst(node);
        }

        return found;
    }

    /// <summary>Sets a value, which is a use.</summary>
    public void Set(string key, T value)
    {
        Remove(key);
        nodes[key] = order.AddFirst((key, value));
    }

    public bool Remove(string key)
    {
        if (!nodes.Remove(key, out LinkedListNode<(string Key, T Value)>? node))
        {
            return false;
        }

        order.Remove(node);
        return true;
    }

    /// <summary>Takes out what was not used for longest; the list must not be empty.</summary>
    public (string Key, T Value) RemoveOldest()
    {
        (string Key, T Value) oldest = order.Last!.Value;
        Remove(oldest.Key);
        return oldest;
    }
}
