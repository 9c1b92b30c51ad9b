using Mapping.Functions;
using Mapping.Pipeline.Components.Formats;
using Mapping.Pipeline.Config;
using Mapping.Pipeline.Contracts;
using Mapping.Pipeline.Graph;
using Mapping.Pipeline.Messages;
using Mapping.Values;

namespace Mapping.Pipeline.Components.Scanners;

/// <param name="Delimiter">The character between fields.</param>
/// <param name="HasHeader">The first record names the fields.</param>
/// <param name="IsLazy">Quotes may stand within fields.</param>
/// <param name="GoesOn">A faulty record is a failed message, instead of the end.</param>
internal sealed record CsvOptions(string Delimiter, bool HasHeader, bool IsLazy, bool GoesOn);

/// <summary><c>csv</c>: a message for every record.</summary>
internal sealed class CsvScanner(CsvOptions options) : IScanner
{
    private static readonly Field<string> Delimiter = Fields.Text("custom_delimiter", "The character between fields.").Default("\",\"").Example("\";\"");
    private static readonly Field<bool> Header = Fields.Bool("parse_header_row", "The first record names the fields, and the others become objects; otherwise all records become arrays.").Default("true");
    private static readonly Field<bool> Lazy = Fields.Bool("lazy_quotes", "Let quotes stand within fields.").Default("false");
    private static readonly Field<bool> Continue = Fields.Bool("continue_on_error", "Give out an empty, failed message in place of a faulty record and go on, instead of stopping with an error.").Default("false");

    public static ComponentType Type { get; } = new ComponentType<IScanner, CsvOptions>(
        ComponentKind.Scanner,
        "csv",
        "Makes a message of every record of comma separated values; all values are strings, and the metadata csv_row counts records from 0.",
        new Shape<CsvOptions>([Delimiter, Header, Lazy, Continue], read => new CsvOptions(read.Get(Delimiter), read.Get(Header), read.Get(Lazy), read.Get(Continue)))
            .Rule(static (o, _) => CsvParser.IsDelimiter(o.Delimiter) ? null : new Breach("a delimiter is one character other than a quote or a line break", Delimiter)),
        static (options, _) => new CsvScanner(options))
    {
        Example = """
            input:
              stdin:
                scanner: { csv: { custom_delimiter: ";" } }
            output:
              drop: {}
            """,
    };

    public IScan Open(Stream stream, string name) => new Scan(stream, options);

    private sealed class Scan(Stream stream, CsvOptions options) : IScan
    {
        private readonly Blocks blocks = new(stream);
        private readonly CsvRows rows = new(new CsvParser(options.Delimiter, options.IsLazy), options.HasHeader);
        private long read;
        private long count;

        // Records mean little without the header.
        public long? Position => null;

        public async ValueTask<Batch?> NextAsync(CancellationToken cancellation)
        {
            while (true)
            {
                bool isComplete = rows.TryRead(blocks.From(read).Span, blocks.IsAtEnd, out int length, out byte[]? row, out string? problem);
                read += length;
                if (problem is not null && isComplete)
                {
                    return options.GoesOn ? new Batch(Numbered(new Message { Error = new MessageError(problem) })) : throw new InvalidDataException(problem + "; continue_on_error goes on behind it");
                }

                if (row is not null)
                {
                    return new Batch(Numbered(new Message(row)));
                }

                if (blocks.IsAtEnd)
                {
                    return null;
                }

                await blocks.ReadAsync(read, cancellation).ConfigureAwait(false);
            }
        }

        public ValueTask DisposeAsync() => blocks.DisposeAsync();

        private Message Numbered(Message message)
        {
            MetadataValues.Set(message, "csv_row", Value.FromInt64(count++));
            return message;
        }
    }
}
