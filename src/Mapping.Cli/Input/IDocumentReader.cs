namespace Mapping.Cli.Input;

/// <summary>Takes documents from a stream, one after the other, in memory that does not grow with their number.</summary>
internal interface IDocumentReader : IDisposable
{
    /// <summary>The line the last document began on, for messages.</summary>
    long Line { get; }

    /// <summary>The next document; it is valid until the next call.</summary>
    bool TryRead(out ArraySegment<byte> document);

    /// <summary>Whether documents are lines, so that many can be taken at once and be told apart by whoever maps them.</summary>
    bool IsLines => false;

    /// <summary>Whole lines instead of the next document; see <see cref="LineReader.TryTakeLines"/>. Only where documents are lines.</summary>
    bool TryTakeLines(int wanted, byte[] spare, out LineBlock lines) => throw new NotSupportedException("documents are no lines");
}
