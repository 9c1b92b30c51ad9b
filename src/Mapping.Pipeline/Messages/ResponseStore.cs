namespace Mapping.Pipeline.Messages;

/// <summary>Answers to the caller of an input that can answer, such as an HTTP server; one store serves one delivery.</summary>
internal sealed class ResponseStore
{
    private readonly List<Batch> responses = [];

    /// <summary>Keeps a copy of the messages.</summary>
    public void Add(Batch batch)
    {
        lock (responses)
        {
            responses.Add(batch.Copy());
        }
    }

    /// <summary>In the order in which they were stored.</summary>
    public IReadOnlyList<Batch> ToList()
    {
        lock (responses)
        {
            return [.. responses];
        }
    }
}
