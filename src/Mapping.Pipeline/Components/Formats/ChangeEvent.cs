using System.Buffers;
using System.Text;
using Mapping.Functions;
using Mapping.Values;

namespace Mapping.Pipeline.Components.Formats;

/// <summary>A change of a row, in the envelope of Debezium: what was before, what is after, the operation, the source.</summary>
internal readonly struct ChangeEvent
{
    private readonly Value envelope;

    private ChangeEvent(Value envelope, string operation)
    {
        this.envelope = envelope;
        Operation = operation;
    }

    /// <summary><c>c</c>, <c>u</c>, <c>d</c>, <c>r</c>, or one without a row, such as <c>t</c> and <c>m</c>.</summary>
    public string Operation { get; }

    public bool IsDelete => Operation == "d";

    public bool HasRow => Operation is "c" or "u" or "d" or "r";

    /// <summary>Without the schema around it.</summary>
    public Value Envelope => envelope;

    /// <summary>Null when there is none.</summary>
    public Value Before => Field("before"u8);

    /// <summary>Null when there is none.</summary>
    public Value After => Field("after"u8);

    /// <summary>Reads a document; null with the reason when it is no change event, without one when it says that there is no value.</summary>
    public static ChangeEvent? Read(Message message, out string? problem)
    {
        problem = null;
        if (!message.TryGetDocument(out Value document))
        {
            problem = $"a change event is a JSON document: {message.Problem?.Message}";
            return null;
        }

        Value payload = Unwrapped(document);
        if (payload.IsNull)
        {
            return null;
        }

        if (!payload.IsObject || !payload.TryGetMember("op"u8, out Value operation) || !operation.IsString)
        {
            problem = "the document is no change event: it has no op";
            return null;
        }

        return new ChangeEvent(payload, operation.AsHostString());
    }

    /// <summary>What stands within <c>schema</c> and <c>payload</c>; anything else as it is.</summary>
    public static Value Unwrapped(Value document) =>
        document.IsObject && document.Count == 2 && document.TryGetMember("schema"u8, out _) && document.TryGetMember("payload"u8, out Value payload) ? payload : document;

    /// <summary>Null when there is none.</summary>
    public Value Field(ReadOnlySpan<byte> name) => envelope.TryGetMember(name, out Value value) ? value : Value.Null;

    /// <summary>As JSON.</summary>
    public static byte[] Bytes(Value value)
    {
        var json = new ArrayBufferWriter<byte>();
        return JsonWriter.TryWrite(value, json, JsonWriterOptions.Message) ? json.WrittenSpan.ToArray() : throw new InvalidOperationException("a document holds a number that JSON cannot express");
    }

    /// <summary>As JSON.</summary>
    public static string Text(Value value) => Encoding.UTF8.GetString(Bytes(value));
}
