using Mapping.Cli.Output;

namespace Mapping.Cli.Input;

/// <summary>Tells in the user's words when a source cannot be read to its end.</summary>
internal sealed class ReadableDocuments(IDocumentReader inner, string name) : IDocumentReader
{
    public long Line => inner.Line;

    public bool IsLines => inner.IsLines;

    public bool TryRead(out ArraySegment<byte> document)
    {
        try
        {
            return inner.TryRead(out document);
        }
        catch (Exception cause) when (IsOfTheSource(cause))
        {
            throw Unreadable(cause);
        }
    }

    public bool TryTakeLines(int wanted, byte[] spare, out LineBlock lines)
    {
        try
        {
            return inner.TryTakeLines(wanted, spare, out lines);
        }
        catch (Exception cause) when (IsOfTheSource(cause))
        {
            throw Unreadable(cause);
        }
    }

    public void Dispose() => inner.Dispose();

    private static bool IsOfTheSource(Exception cause) =>
        (cause is IOException && !OutputBuffer.IsClosedPipe(cause)) || cause is InvalidDataException or UnauthorizedAccessException or ZstdSharp.ZstdException;

    private Problem Unreadable(Exception cause) => new(ExitCodes.Unreadable, $"cannot read {name}: {cause.Message}");
}
