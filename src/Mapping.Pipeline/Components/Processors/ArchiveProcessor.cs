using System.Globalization;
using Mapping.Functions;
using Mapping.Pipeline.Components.Formats;
using Mapping.Pipeline.Config;
using Mapping.Pipeline.Contracts;
using Mapping.Pipeline.Graph;
using Mapping.Pipeline.Messages;

namespace Mapping.Pipeline.Components.Processors;

/// <param name="Format">How messages become one.</param>
/// <param name="Path">The names of entries.</param>
internal sealed record ArchiveOptions(ArchiveFormat Format, TextTemplate Path);

/// <summary><c>archive</c>: one message of a batch.</summary>
internal sealed class ArchiveProcessor(ArchiveOptions options, IComponentContext context) : IProcessor
{
    private static readonly Field<ArchiveFormat> Format = Fields.Choice(
        "format",
        "How messages are put together: concatenate one behind the other, lines with line feeds between them, json_array as the elements of an array, binary with their lengths, tar and zip as files.",
        ("binary", ArchiveFormat.Binary),
        ("concatenate", ArchiveFormat.Concatenate),
        ("json_array", ArchiveFormat.JsonArray),
        ("lines", ArchiveFormat.Lines),
        ("tar", ArchiveFormat.Tar),
        ("zip", ArchiveFormat.Zip));

    private static readonly Field<TextTemplate> Path = Fields.Template("path", "With tar and zip: the name of a message's file; without one it is its number in the batch, from 0.").Default("\"\"").Example("${! @kafka_key }.json");

    public static ComponentType Type { get; } = new ComponentType<IProcessor, ArchiveOptions>(
        ComponentKind.Processor,
        "archive",
        "Makes one message of all messages of a batch.",
        new Shape<ArchiveOptions>([Format, Path], read => new ArchiveOptions(read.Get(Format), read.Get(Path))),
        static (options, context) => new ArchiveProcessor(options, context))
    {
        Description = """
            The message has the metadata of the first one, and the first error among the messages, if any. When it is rejected, all
            messages it was made of are. `binary` is the number of messages and then, for each, its length and its bytes; numbers have four
            bytes, the greatest first. A message without a body is `null` in a JSON array and empty elsewhere.
            """,
        Example = """
            input:
              generate: { count: 10, batch_size: 5, interval: "", mapping: root.id = counter() }
            pipeline:
              processors:
                - archive: { format: json_array }
            output:
              drop: {}
            """,
    };

    public ValueTask<Batches> ProcessAsync(Batch batch, CancellationToken cancellation)
    {
        var entries = new List<ArchiveEntry>(batch.Count);
        for (int i = 0; i < batch.Count; i++)
        {
            string name = options.Path.Resolve(batch, i);
            entries.Add(new ArchiveEntry(name.Length > 0 ? name : i.ToString(CultureInfo.InvariantCulture), batch[i].Body, batch[i].IsNull));
        }

        Message archive = batch[0].Copy();
        archive.Body = ArchiveWriter.Write(options.Format, entries, context.Clock.GetUtcNow());
        archive.Error = batch.FirstOrDefault(static m => m.Error is not null)?.Error;

        // It comes from no single message: what becomes of it becomes of all.
        Trail? first = Trail.Of(batch[0]);
        archive.Attachment = new Trail(null, 0, first?.Responses, first?.TakesError ?? false, first?.Span, batch.Sum(static m => Trail.Of(m)?.Holds ?? 1))
        {
            IsDeadLetter = first?.IsDeadLetter ?? false,
        };
        return ValueTask.FromResult<Batches>(new Batch(archive));
    }
}
