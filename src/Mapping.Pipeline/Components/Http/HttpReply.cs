using Mapping.Functions;
using Mapping.Pipeline.Messages;
using Mapping.Values;

namespace Mapping.Pipeline.Components.Http;

/// <summary>A response, read to its end.</summary>
/// <param name="Status">Such as 200.</param>
/// <param name="Phrase">Such as <c>OK</c>.</param>
/// <param name="Headers">Names as they came, values in order.</param>
/// <param name="Body">May be empty.</param>
internal sealed record HttpReply(int Status, string Phrase, IReadOnlyList<(string Name, string[] Values)> Headers, byte[] Body)
{
    public string? ContentType => Headers.FirstOrDefault(h => h.Name.Equals("Content-Type", StringComparison.OrdinalIgnoreCase)).Values?.FirstOrDefault();

    /// <summary>The bodies of its parts, or its own.</summary>
    /// <exception cref="InvalidDataException">It says that it has parts and has none.</exception>
    public async Task<IReadOnlyList<byte[]>> BodiesAsync(CancellationToken cancellation) =>
        MultipartText.BoundaryOf(ContentType) is { } boundary ? await MultipartText.ReadAsync(Body, boundary, cancellation).ConfigureAwait(false) : [Body];

    /// <summary>Sets the status and the headers that are wanted as metadata.</summary>
    public void Mark(Message message, MetadataFilter wanted)
    {
        var found = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        foreach ((string name, string[] values) in wanted.IsEmpty ? [] : Headers)
        {
            string key = name.ToLowerInvariant();
            if (wanted.Passes(key))
            {
                (found.TryGetValue(key, out List<string>? known) ? known : found[key] = []).AddRange(values);
            }
        }

        MetadataValues.Set(
            message,
            [("http_status_code", Value.FromInt64(Status)), .. found.Select(h => (h.Key, h.Value.Count == 1 ? Value.FromString(h.Value[0]) : ListOf(h.Value)))]);
    }

    private static Value ListOf(List<string> texts)
    {
        var list = new ArrayNode();
        texts.ForEach(t => list.Add(Value.FromString(t)));
        return Value.FromArray(list);
    }
}

/// <summary>What became of a request after all its attempts.</summary>
/// <param name="Reply">The last response; null when there was none.</param>
/// <param name="Failure">Null when it succeeded.</param>
internal sealed record HttpOutcome(HttpReply? Reply, ClassifiedException? Failure)
{
    /// <summary>A response whose body is still to be read, and which is then to be disposed; null when the reply has all of it.</summary>
    public HttpResponseMessage? Open { get; init; }
}
