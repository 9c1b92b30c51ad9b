using Mapping.Functions;
using Mapping.Pipeline.Components.Formats;
using Mapping.Pipeline.Contracts;
using Mapping.Pipeline.Graph;
using Mapping.Pipeline.Messages;

namespace Mapping.Pipeline.Components.Scanners;

/// <summary><c>json_documents</c> and <c>json_array</c>: a message for every document, or for every element of the one array.</summary>
internal sealed class JsonScanner(bool inArray) : IScanner
{
    public static ComponentType DocumentsType { get; } = new ComponentType<IScanner, bool>(
        ComponentKind.Scanner,
        "json_documents",
        "Makes a message of every JSON document; documents follow each other, with or without space between them.",
        Component.NoFields,
        static (_, _) => new JsonScanner(inArray: false))
    {
        Example = """
            input:
              stdin:
                scanner: { json_documents: {} }
            output:
              drop: {}
            """,
    };

    public static ComponentType ArrayType { get; } = new ComponentType<IScanner, bool>(
        ComponentKind.Scanner,
        "json_array",
        "Makes a message of every element of a stream that is one JSON array.",
        Component.NoFields,
        static (_, _) => new JsonScanner(inArray: true))
    {
        Example = """
            input:
              stdin:
                scanner: { json_array: {} }
            output:
              drop: {}
            """,
    };

    public IScan Open(Stream stream, string name) => new Scan(stream, inArray);

    private sealed class Scan(Stream stream, bool inArray) : IScan
    {
        private readonly Blocks blocks = new(stream);
        private readonly JsonCutter cutter = new(inArray);
        private long position;

        // What follows within an array can only be read with what came before.
        public long? Position => inArray ? null : position;

        public async ValueTask<Batch?> NextAsync(CancellationToken cancellation)
        {
            while (true)
            {
                if (cutter.TryCut(blocks.From(cutter.Scanned).Span, blocks.IsAtEnd, out long from, out long to))
                {
                    position = to;
                    return new Batch(new Message(blocks.Slice(from, to)));
                }

                if (blocks.IsAtEnd)
                {
                    return null;
                }

                await blocks.ReadAsync(cutter.Needed, cancellation).ConfigureAwait(false);
            }
        }

        public ValueTask DisposeAsync() => blocks.DisposeAsync();
    }
}
