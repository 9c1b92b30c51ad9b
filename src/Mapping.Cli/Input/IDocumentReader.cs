namespace Mapping.Cli.Input;

/// <summary>Takes documents from a stream, one after the other, in memory that does not grow with their number.</summary>
internal interface IDocumentReader : IDisposable
{
    /// <summary>The line the last document began on, for messages.</summary>
    long Line { get; }

    /// <summary>The next document; it is valid until the next call.</summary>
    bool TryRead(out ArraySegment<byte> document);
}
