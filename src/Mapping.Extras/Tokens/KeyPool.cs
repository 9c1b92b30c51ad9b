using System.Collections.Concurrent;

namespace Mapping.Extras.Tokens;

/// <summary>Copies of a key, one for each thread that uses it at the same time: the platform promises no more.</summary>
internal sealed class KeyPool<TKey>(TKey first, Func<TKey> another)
    where TKey : class
{
    private readonly ConcurrentBag<TKey> idle = [first];

    public TResult Use<TResult>(Func<TKey, TResult> use)
    {
        TKey key = idle.TryTake(out TKey? free) ? free : another();
        TResult result = use(key);
        idle.Add(key);
        return result;
    }
}
