using System.Buffers;
using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using Mapping.Diagnostics;
using Mapping.Functions;
using Mapping.Text;
using Mapping.Values;
using MessageWriterOptions = Mapping.Values.JsonWriterOptions;

namespace Mapping.Conformance.Runner;

/// <summary>Compiles and runs the mapping of one case.</summary>
internal static class CaseExecution
{
    public static Answer Run(ConformanceCase item, MappingEnvironment full)
    {
        MappingEnvironment environment = EnvironmentOf(item, full);
        var source = new SourceText(item.Mapping);
        if (item.Mode == CaseMode.Interpolation)
        {
            return environment.TryCompileInterpolation(source, out Interpolation? interpolation, out IReadOnlyList<Diagnostic> faults)
                ? Resolve(interpolation, item)
                : new ParseErrorAnswer(faults);
        }

        return environment.TryCompile(source, out CompiledMapping? mapping, out IReadOnlyList<Diagnostic> diagnostics)
            ? Map(mapping, item)
            : new ParseErrorAnswer(diagnostics);
    }

    private static MappingEnvironment EnvironmentOf(ConformanceCase item, MappingEnvironment full)
    {
        BuiltinServices services = full.Services with
        {
            Clock = new FixedClock(),
            ReadVariable = name => item.Variables.GetValueOrDefault(name),
            Counters = new ConcurrentDictionary<string, long>(StringComparer.Ordinal),
        };
        return full.WithServices(services);
    }

    private static Answer Resolve(Interpolation interpolation, ConformanceCase item)
    {
        var output = new ArrayBufferWriter<byte>();
        return interpolation.TryResolve(BatchOf(item), item.Index, output, out MappingError? error)
            ? new OutputAnswer(output.WrittenMemory, Metadata: null)
            : new ErrorAnswer(error);
    }

    private static Answer Map(CompiledMapping mapping, ConformanceCase item)
    {
        var output = new ArrayBufferWriter<byte>();
        Message[] batch = BatchOf(item);
        MappingOutcome outcome = mapping.Run(batch, item.Index, output, out MappingError? error, mutation: item.Mode == CaseMode.Mutation);
        return outcome switch
        {
            MappingOutcome.Deleted => new DeletedAnswer(),
            MappingOutcome.Failed => new ErrorAnswer(error),
            _ => new OutputAnswer(output.WrittenMemory, MetadataText(batch[item.Index].MetadataObject)),
        };
    }

    private static Message[] BatchOf(ConformanceCase item)
    {
        Message[] batch = [.. item.Batch.Select(body => new Message(body))];
        Message mapped = batch[item.Index];
        if (item.Metadata.ValueKind == JsonValueKind.Object)
        {
            mapped.MetadataObject = ToValue(item.Metadata);
        }

        if (item.CarriedError is { } text)
        {
            mapped.Error = new MessageError(text);
        }

        return batch;
    }

    private static ReadOnlyMemory<byte> MetadataText(Value metadata)
    {
        if (!metadata.IsObject)
        {
            return "{}"u8.ToArray();
        }

        // Bytes count as the text they are.
        var readable = new ObjectNode();
        foreach (Member member in metadata.Members)
        {
            readable.AddNew(member.Key, member.Value.Kind == ValueKind.Bytes ? member.Value.ToStringKind() : member.Value);
        }

        var text = new ArrayBufferWriter<byte>();
        JsonWriter.TryWrite(Value.FromObject(readable), text, MessageWriterOptions.Message);
        return text.WrittenMemory;
    }

    /// <summary>Metadata is set by host code, so its numbers are numbers and not spellings.</summary>
    private static Value ToValue(JsonElement data)
    {
        switch (data.ValueKind)
        {
            case JsonValueKind.Object:
                var members = new ObjectNode();
                foreach (JsonProperty member in data.EnumerateObject())
                {
                    members.Set(Value.FromString(member.Name), ToValue(member.Value));
                }

                return Value.FromObject(members).Frozen();
            case JsonValueKind.Array:
                var elements = new ArrayNode();
                foreach (JsonElement element in data.EnumerateArray())
                {
                    elements.Add(ToValue(element));
                }

                return Value.FromArray(elements).Frozen();
            case JsonValueKind.String:
                return Value.FromUtf8(Encoding.UTF8.GetBytes(data.GetString()!));
            case JsonValueKind.Number:
                return data.TryGetInt64(out long number) ? Value.FromInt64(number) : Value.FromFloat64(data.GetDouble());
            case JsonValueKind.Null:
                return Value.Null;
            default:
                return Value.FromBool(data.ValueKind == JsonValueKind.True);
        }
    }

    /// <summary>A clock that stands still, in UTC.</summary>
    private sealed class FixedClock : TimeProvider
    {
        private static readonly DateTimeOffset Instant = new(2026, 1, 2, 3, 4, 5, 678, TimeSpan.Zero);

        public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

        public override DateTimeOffset GetUtcNow() => Instant;
    }
}
