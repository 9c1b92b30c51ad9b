using Mapping.Cli.Output;

namespace Mapping.Cli.Input;

/// <summary>Tells in the user's words when a source cannot be read to its end.</summary>
internal sealed class ReadableDocuments(IDocumentReader inner, string name) : IDocumentReader
{
    public long Line => inner.Line;

    public bool TryRead(out ArraySegment<byte> document)
    {
        try
        {
            return inner.TryRead(out document);
        }
        catch (Exception cause) when ((cause is IOException && !OutputBuffer.IsClosedPipe(cause)) || cause is InvalidDataException or UnauthorizedAccessException or ZstdSharp.ZstdException)
        {
            throw new Problem(ExitCodes.Unreadable, $"cannot read {name}: {cause.Message}");
        }
    }

    public void Dispose() => inner.Dispose();
}
