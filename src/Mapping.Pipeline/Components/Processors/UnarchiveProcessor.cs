using Mapping.Diagnostics;
using Mapping.Functions;
using Mapping.Pipeline.Components.Formats;
using Mapping.Pipeline.Config;
using Mapping.Pipeline.Contracts;
using Mapping.Pipeline.Graph;
using Mapping.Pipeline.Messages;
using Mapping.Values;

namespace Mapping.Pipeline.Components.Processors;

/// <param name="Read">Takes a body apart.</param>
/// <param name="NameKey">The metadata that keeps the names of parts; null where they have none.</param>
internal sealed record UnarchiveOptions(Func<ReadOnlyMemory<byte>, IEnumerable<ArchivedPart>> Read, string? NameKey);

/// <summary><c>unarchive</c>: several messages of one.</summary>
internal sealed class UnarchiveProcessor(UnarchiveOptions options, IComponentContext context) : IProcessor
{
    private static readonly Field<UnarchiveOptions> Format = new Field<UnarchiveOptions>(
        "format",
        new FormatType(),
        "What a message is: lines, json_documents one behind the other, json_array, json_map with a message for every key, csv with a header (csv:X with another delimiter X), binary as archive writes it, tar or zip.").Example("json_array", "csv:;");

    public static ComponentType Type { get; } = new ComponentType<IProcessor, UnarchiveOptions>(
        ComponentKind.Processor,
        "unarchive",
        "Makes several messages of every message.",
        new Shape<UnarchiveOptions>([Format], read => read.Get(Format)),
        static (options, context) => new UnarchiveProcessor(options, context))
    {
        Description = """
            Every part has the metadata of the message it comes from; parts of tar and zip also `archive_filename`, those of json_map
            `archive_key`. A message that cannot be taken apart stays as it is and fails. One that holds nothing is dropped and counted as
            `messages_dropped` with the reason `unarchive_empty`. A message without a body passes.
            """,
        Example = """
            input:
              generate: { count: 2, interval: "", mapping: 'root = [ { "id": 1 }, { "id": 2 } ]' }
            pipeline:
              processors:
                - unarchive: { format: json_array }
            output:
              drop: {}
            """,
    };

    public ValueTask<Batches> ProcessAsync(Batch batch, CancellationToken cancellation)
    {
        var results = new List<Message>(batch.Count);
        int empty = 0;
        foreach (Message message in batch)
        {
            if (message.IsNull)
            {
                results.Add(message);
                continue;
            }

            try
            {
                ArchivedPart[] parts = [.. options.Read(message.Body)];
                results.AddRange(parts.Select(part => Part(message, part)));
                empty += parts.Length == 0 ? 1 : 0;
            }
#pragma warning disable CA1031 // What the readers of formats throw on bad content is of many kinds.
            catch (Exception error)
#pragma warning restore CA1031
            {
                message.Error = new MessageError(error.Message);
                results.Add(message);
            }
        }

        context.Dropped(empty, "unarchive_empty");
        return ValueTask.FromResult<Batches>(Batch.Of(results));
    }

    private Message Part(Message whole, ArchivedPart part)
    {
        Message message = whole.Copy();
        message.Body = part.Body;
        message.Attachment = Trail.Of(whole) is { } trail ? trail with { Holds = 1 } : null;
        if (options.NameKey is { } key && part.Name is { } name)
        {
            MetadataValues.Set(message, key, Value.FromString(name));
        }

        return message;
    }

    private sealed class FormatType : FieldType<UnarchiveOptions>
    {
        public override string Name => "one of binary, csv, csv:X, json_array, json_documents, json_map, lines, tar, zip";

        public override bool TryRead(ConfigNode node, ReadScope scope, string path, out UnarchiveOptions value)
        {
            string text = (node as ScalarNode)?.Text ?? string.Empty;
            UnarchiveOptions? known = text switch
            {
                "binary" => new UnarchiveOptions(ArchiveReader.ReadBinary, null),
                "csv" => new UnarchiveOptions(static b => ArchiveReader.ReadCsv(b, ","), null),
                "json_array" => new UnarchiveOptions(static b => ArchiveReader.ReadJson(b, inArray: true), null),
                "json_documents" => new UnarchiveOptions(static b => ArchiveReader.ReadJson(b, inArray: false), null),
                "json_map" => new UnarchiveOptions(ArchiveReader.ReadJsonMap, "archive_key"),
                "lines" => new UnarchiveOptions(ArchiveReader.ReadLines, null),
                "tar" => new UnarchiveOptions(ArchiveReader.ReadTar, "archive_filename"),
                "zip" => new UnarchiveOptions(ArchiveReader.ReadZip, "archive_filename"),
                _ when text.StartsWith("csv:", StringComparison.Ordinal) && CsvParser.IsDelimiter(text[4..]) => new UnarchiveOptions(b => ArchiveReader.ReadCsv(b, text[4..]), null),
                _ => null,
            };
            value = known!;
            if (known is null)
            {
                scope.Problems.Error(DiagnosticCodes.InvalidValue, node, $"unknown format \"{text}\"", "there is binary, csv, csv:X with one character X, json_array, json_documents, json_map, lines, tar and zip");
            }

            return known is not null;
        }

        public override void WriteSchema(System.Text.Json.Utf8JsonWriter json) => json.WriteString("type", "string");
    }
}
