using Mapping.Pipeline.Components.Formats;
using Mapping.Pipeline.Config;
using Mapping.Pipeline.Contracts;
using Mapping.Pipeline.Graph;
using Mapping.Pipeline.Messages;

namespace Mapping.Pipeline.Components.Scanners;

/// <param name="Open">Makes a stream of the content.</param>
/// <param name="Into">Cuts the content.</param>
internal sealed record DecompressOptions(Func<Stream, Stream> Open, ComponentPlan<IScanner> Into);

/// <summary><c>decompress</c>: unpacks a stream and lets another scanner cut what it contains.</summary>
internal sealed class DecompressScanner(DecompressOptions options, IScanner inner) : IScanner
{
    private static readonly Field<ComponentPlan<IScanner>> Into = Fields.Scanner("into", "How the content is cut into messages.").Default("to_the_end: {}").Example("lines: {}");

    public static ComponentType Type { get; } = new ComponentType<IScanner, DecompressOptions>(
        ComponentKind.Scanner,
        "decompress",
        "Unpacks a compressed stream and hands the content to another scanner.",
        new Shape<DecompressOptions>([Decompression.Field, Into], read => new DecompressOptions(read.Get(Decompression.Field), read.Get(Into))),
        static (options, context) => new DecompressScanner(options, options.Into.Create(context)))
    {
        Example = """
            input:
              stdin:
                scanner: { decompress: { algorithm: gzip, into: { lines: {} } } }
            output:
              drop: {}
            """,
    };

    public IScan Open(Stream stream, string name) => new Scan(inner.Open(options.Open(stream), Path.GetFileNameWithoutExtension(name)), stream);

    private sealed class Scan(IScan inner, Stream source) : IScan
    {
        // A compressed stream can only be read from its start.
        public long? Position => null;

        public ValueTask<Batch?> NextAsync(CancellationToken cancellation) => inner.NextAsync(cancellation);

        public ValueTask<Batch?> NextLooseAsync(CancellationToken cancellation) => inner.NextLooseAsync(cancellation);

        public async ValueTask DisposeAsync()
        {
            await inner.DisposeAsync().ConfigureAwait(false);
            await source.DisposeAsync().ConfigureAwait(false);
        }
    }
}
