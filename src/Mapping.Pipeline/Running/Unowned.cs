namespace Mapping.Pipeline.Running;

/// <summary>
/// Components that were made while a run is put together, as far as none of the others holds them. When it cannot be, they are all there is
/// to let go. Used by the thread that makes them.
/// </summary>
internal sealed class Unowned : IAsyncDisposable
{
    private readonly Stack<object> made = new();
    private bool isClosed;

    public int Count => made.Count;

    public void Add(object component)
    {
        if (!isClosed)
        {
            made.Push(component);
        }
    }

    /// <summary>All but the first so many have an owner now.</summary>
    public void Release(int kept)
    {
        while (made.Count > kept)
        {
            made.Pop();
        }
    }

    /// <summary>The run is put together. What is made later, as resources are, is not kept here.</summary>
    public void Close()
    {
        isClosed = true;
        made.Clear();
    }

    /// <summary>In the reverse order of their making.</summary>
    public async ValueTask DisposeAsync()
    {
        while (made.TryPop(out object? component))
        {
            try
            {
                if (component is IAsyncDisposable held)
                {
                    await held.DisposeAsync().ConfigureAwait(false);
                }
            }
#pragma warning disable CA1031 // What is to be told is why the run cannot be put together.
            catch (Exception)
#pragma warning restore CA1031
            {
                // The others are let go all the same.
            }
        }
    }
}
