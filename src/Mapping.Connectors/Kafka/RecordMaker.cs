using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Confluent.Kafka;
using Mapping.Functions;
using Mapping.Pipeline.Config;
using Mapping.Pipeline.Messages;
using Mapping.Values;
using KafkaMessage = Confluent.Kafka.Message<byte[]?, byte[]?>;

namespace Mapping.Connectors.Kafka;

/// <summary>Makes records of messages.</summary>
internal sealed class RecordMaker(RecordOptions options)
{
    private readonly (string Name, byte[] Value)[] fixedHeaders = [.. options.StaticHeaders.Select(static h => (h.Key, Encoding.UTF8.GetBytes(h.Value)))];

    /// <summary>Null with the reason when a field has no sensible value for the message.</summary>
    public KafkaMessage? Make(Batch batch, int index, out TopicPartition target, out string? problem)
    {
        target = new TopicPartition(string.Empty, Confluent.Kafka.Partition.Any);
        if (!TryResolve(options.Topic, "topic", batch, index, out string? topic, out problem)
            || !TryResolveKey(options.Key, batch, index, out byte[]? key, out problem)
            || !TryResolveNumber(options.Partition, "partition", batch, index, out long? partition, out problem)
            || !TryResolveNumber(options.Timestamp, "timestamp_ms", batch, index, out long? time, out problem)
            || !TryResolve(options.Tombstone, "tombstone", batch, index, out string? tombstone, out problem))
        {
            return null;
        }

        problem = string.IsNullOrEmpty(topic) ? "the topic is empty"
            : tombstone is not (null or "" or "true" or "false") ? $"tombstone gave \"{tombstone}\", which is neither true nor false"
            : partition is < 0 or > int.MaxValue ? string.Create(CultureInfo.InvariantCulture, $"there is no partition {partition}")
            : null;
        if (problem is not null)
        {
            return null;
        }

        Message message = batch[index];
        target = new TopicPartition(topic, partition is { } chosen ? new Partition((int)chosen) : Confluent.Kafka.Partition.Any);
        return new KafkaMessage
        {
            Key = key is { Length: > 0 } ? key : null,
            Value = message.IsNull || tombstone == "true" ? null : Bytes(message.Body),
            Timestamp = time is { } at ? new Confluent.Kafka.Timestamp(at, TimestampType.CreateTime) : Confluent.Kafka.Timestamp.Default,
            Headers = HeadersOf(message),
        };
    }

    private static bool TryResolve(TextTemplate? template, string field, Batch batch, int index, out string? text, out string? problem)
    {
        text = problem = null;
        if (template is null || template.TryResolve(batch, index, out text, out string? error))
        {
            return true;
        }

        problem = $"{field} failed: {error}";
        return false;
    }

    /// <summary>Byte for byte: keys need not be text.</summary>
    private static bool TryResolveKey(TextTemplate? template, Batch batch, int index, out byte[]? key, out string? problem)
    {
        key = null;
        problem = null;
        if (template is null || template.TryResolve(batch, index, out key, out string? error))
        {
            return true;
        }

        problem = $"key failed: {error}";
        return false;
    }

    private static bool TryResolveNumber(TextTemplate? template, string field, Batch batch, int index, out long? number, out string? problem)
    {
        number = null;
        if (!TryResolve(template, field, batch, index, out string? text, out problem))
        {
            return false;
        }

        if (text is null)
        {
            return true;
        }

        bool isNumber = long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long parsed);
        number = parsed;
        problem = isNumber ? null : $"{field} gave \"{text}\", which is no whole number";
        return isNumber;
    }

    /// <summary>The client takes whole arrays; most bodies are one.</summary>
    private static byte[] Bytes(ReadOnlyMemory<byte> body) =>
        MemoryMarshal.TryGetArray(body, out ArraySegment<byte> segment) && segment is { Offset: 0, Array: { } whole } && whole.Length == segment.Count ? whole : body.ToArray();

    private Headers? HeadersOf(Message message)
    {
        Headers? headers = null;
        foreach ((string name, byte[] value) in fixedHeaders)
        {
            (headers ??= []).Add(name, value);
        }

        if (!message.MetadataObject.IsObject)
        {
            return headers;
        }

        Func<string, bool> sends = Trail.Of(message) is { IsDeadLetter: true } ? options.SendsOfDeadLetter : options.Sends;
        foreach (Member member in message.MetadataObject.SortedMembers())
        {
            string name = member.Key.AsHostString();
            if (sends(name))
            {
                byte[]? value = options.NullHeaders && member.Value.IsNull ? null : TextForm.ToText(member.Value, new Arena(), escapeHtml: false).AsSpan().ToArray();
                (headers ??= []).Add(name, value);
            }
        }

        return headers;
    }
}
