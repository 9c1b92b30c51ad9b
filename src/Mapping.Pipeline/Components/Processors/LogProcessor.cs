using System.Buffers;
using System.Text.Json;
using Mapping.Functions;
using Mapping.Pipeline.Config;
using Mapping.Pipeline.Contracts;
using Mapping.Pipeline.Graph;
using Mapping.Pipeline.Messages;
using Mapping.Values;

namespace Mapping.Pipeline.Components.Processors;

internal sealed record LogOptions(LogLevel Level, TextTemplate Message, CompiledMapping? FieldsMapping);

/// <summary><c>log</c>: a line for every message, which it leaves as it is.</summary>
internal sealed class LogProcessor(LogOptions options, IComponentContext context) : IProcessor
{
    private static readonly Field<LogLevel> Level = Fields.Choice(
        "level",
        "The level of the line.",
        ("ERROR", LogLevel.Error),
        ("WARN", LogLevel.Warn),
        ("INFO", LogLevel.Info),
        ("DEBUG", LogLevel.Debug),
        ("TRACE", LogLevel.Trace)).Default("INFO");

    private static readonly Field<TextTemplate> Text = Fields.Template("message", "The text of the line.").Default("\"\"").Example("\"failed: ${! error() }\"");
    private static readonly Field<CompiledMapping?> FieldsMapping = Fields.Mapping("fields_mapping", "Gives an object of further fields.").Optional().Example("root.id = this.id");

    public static ComponentType Type { get; } = Component.Processor(
        "log",
        "Writes a line to the log for every message, and passes messages on as they are.",
        new Shape<LogOptions>([Level, Text, FieldsMapping], read => new LogOptions(read.Get(Level), read.Get(Text), read.Get(FieldsMapping))),
        static (options, context) => new LogProcessor(options, context));

    public ValueTask<Batches> ProcessAsync(Batch batch, CancellationToken cancellation)
    {
        for (int i = 0; i < batch.Count && context.Log.IsOn(options.Level); i++)
        {
            if (!options.Message.TryResolve(batch, i, out string? text, out string? error))
            {
                context.Log.Write(LogLevel.Error, $"the message of a log processor failed: {error}");
                continue;
            }

            context.Log.Write(options.Level, text, [("custom_source", "true"), .. FieldsOf(batch, i)]);
        }

        return ValueTask.FromResult<Batches>(batch);
    }

    private List<(string Name, string Value)> FieldsOf(Batch batch, int index)
    {
        var fields = new List<(string Name, string Value)>();
        if (options.FieldsMapping is null)
        {
            return fields;
        }

        Message message = batch[index];
        Value metadata = message.MetadataObject;
        var output = new ArrayBufferWriter<byte>();
        options.FieldsMapping.Run(batch, index, output, out MappingError? error);
        message.MetadataObject = metadata;
        if (error is not null)
        {
            context.Log.Write(LogLevel.Error, $"the fields of a log processor failed: {error.Text}");
            return fields;
        }

        if (output.WrittenSpan is [(byte)'{', ..])
        {
            using JsonDocument document = JsonDocument.Parse(output.WrittenMemory);
            fields.AddRange(document.RootElement.EnumerateObject().Select(m => (m.Name, m.Value.ValueKind == JsonValueKind.String ? m.Value.GetString()! : m.Value.GetRawText())));
        }

        return fields;
    }
}
