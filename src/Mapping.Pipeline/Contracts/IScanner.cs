using Mapping.Pipeline.Messages;

namespace Mapping.Pipeline.Contracts;

/// <summary>Cuts a stream of bytes into messages.</summary>
internal interface IScanner
{
    /// <summary>Begins with a stream, which the result owns.</summary>
    /// <param name="stream">Read forward only.</param>
    /// <param name="name">The name of the file, for scanners that choose by it.</param>
    IScan Open(Stream stream, string name);
}

/// <summary>A stream being cut.</summary>
internal interface IScan : IAsyncDisposable
{
    /// <summary>
    /// How many bytes of the stream the messages given so far take up, so that a later run may begin behind them; null where the
    /// stream can only be read from its start.
    /// </summary>
    long? Position { get; }

    /// <summary>The next messages, or null at the end. Completes at once while bytes are at hand.</summary>
    ValueTask<Batch?> NextAsync(CancellationToken cancellation);

    /// <summary>As <see cref="NextAsync"/>, but may give many messages that are at hand as loose ones.</summary>
    ValueTask<Batch?> NextLooseAsync(CancellationToken cancellation) => NextAsync(cancellation);
}
