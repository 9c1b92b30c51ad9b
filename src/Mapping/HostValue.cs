using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Nodes;
using Mapping.Functions;
using Mapping.Values;
using Mapping.Values.Json;

namespace Mapping;

/// <summary>Between values of the language and types of the host: string, bool, integers, floats, byte[], DateTimeOffset and JsonNode.</summary>
internal static class HostValue
{
    public const string TooDeep = "the node is nested more than 1000 levels deep";

    /// <summary>What a parameter of a host type accepts.</summary>
    public static ParameterType ParameterTypeOf(Type type) => Type.GetTypeCode(type) switch
    {
        TypeCode.String => ParameterType.String,
        TypeCode.Boolean => ParameterType.Bool,
        TypeCode.Int32 or TypeCode.Int64 => ParameterType.Int64,
        TypeCode.Double => ParameterType.Float64,
        _ when type == typeof(DateTimeOffset) => ParameterType.Timestamp,
        _ when type == typeof(byte[]) => ParameterType.String,
        _ when type == typeof(JsonNode) => ParameterType.Any,
        _ => throw new ArgumentException($"{type.Name} is not supported; use string, bool, int, long, double, byte[], DateTimeOffset or JsonNode"),
    };

    public static Accepts AcceptsOf(Type type) => ParameterTypeOf(type) switch
    {
        ParameterType.String => Accepts.Text,
        ParameterType.Bool => Accepts.Bool,
        ParameterType.Int64 or ParameterType.Float64 => Accepts.Number,
        ParameterType.Timestamp => Accepts.TimestampLike,
        _ => Accepts.Any,
    };

    /// <summary>A coerced value as the host type.</summary>
    public static T To<T>(Value value)
    {
        object? host = Type.GetTypeCode(typeof(T)) switch
        {
            TypeCode.String => value.AsHostString(),
            TypeCode.Boolean => value.ToCondition(),
            TypeCode.Int32 => checked((int)value.ToInt64()),
            TypeCode.Int64 => value.ToInt64(),
            TypeCode.Double => value.ToFloat64(),
            _ when typeof(T) == typeof(DateTimeOffset) => value.AsTimestamp().Moment.ToDateTimeOffset(),
            _ when typeof(T) == typeof(byte[]) => value.AsSpan().ToArray(),
            _ => ToNode(value),
        };
        return (T)host!;
    }

    public static Value From<T>(T host, EvaluationContext context) => host switch
    {
        null => Value.Null,
        string text => context.Arena.String(text),
        bool truth => Value.FromBool(truth),
        int integer => Value.FromInt64(integer),
        long integer => Value.FromInt64(integer),
        double real => Value.FromFloat64(real),
        byte[] bytes => Value.FromBytes(bytes),
        DateTimeOffset moment => Value.FromTimestamp(new Timestamp(NodaTime.OffsetDateTime.FromDateTimeOffset(moment).InFixedZone())),
        JsonNode node => FromNode(node),
        _ => Value.Fail($"{typeof(T).Name} is no value of the language"),
    };

    public static Value FromNode(JsonNode? node)
    {
        if (node is null)
        {
            return Value.Null;
        }

        if (!TryUtf8(node, out byte[]? json))
        {
            return Value.Fail(TooDeep);
        }

        var document = new Document();
        return document.TryParse(json, 0, json.Length, strictUtf8: false, out JsonError? error)
            ? Value.FromDocument(document, document.RootIndex)
            : Value.Fail(error.GetValueOrDefault().Message);
    }

    public static JsonNode? ToNode(Value value)
    {
        var json = new ArrayBufferWriter<byte>();
        return JsonWriter.TryWrite(value, json, Values.JsonWriterOptions.Message) ? Parse(json.WrittenSpan) : null;
    }

    public static JsonNode? Parse(ReadOnlySpan<byte> json) => JsonNode.Parse(json, documentOptions: new JsonDocumentOptions { MaxDepth = int.MaxValue });

    /// <summary>The node as JSON; false when it is nested so deeply that the writer of the platform refuses it.</summary>
    public static bool TryUtf8(JsonNode? node, [NotNullWhen(true)] out byte[]? utf8)
    {
        var json = new ArrayBufferWriter<byte>();
        using var writer = new Utf8JsonWriter(json);
        utf8 = null;
        try
        {
            if (node is null)
            {
                writer.WriteNullValue();
            }
            else
            {
                node.WriteTo(writer);
            }
        }
        catch (InvalidOperationException)
        {
            return false;
        }

        writer.Flush();
        utf8 = json.WrittenSpan.ToArray();
        return true;
    }
}
