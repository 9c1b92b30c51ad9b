using System.Globalization;
using System.Text.RegularExpressions;
using Mapping.Values;

namespace Mapping.Connectors.SchemaRegistry.ProtobufFormat;

/// <summary>The counterpart of <see cref="WellKnownReader"/>.</summary>
internal static partial class WellKnownWriter
{
    private const int NanosecondDigits = 9;

    /// <summary>Null for a message without a form of its own; false when the value does not fit.</summary>
    public static bool? TryWrite(ProtobufWriter messages, ProtoMessage type, Value value, WireWriter writer) => type.FullName switch
    {
        "google.protobuf.Timestamp" => TryTime(value, writer),
        "google.protobuf.Duration" => TryDuration(value, writer),
        "google.protobuf.FieldMask" => TryMask(messages, type, value, writer),
        "google.protobuf.Any" => TryAny(messages, type, value, writer),
        "google.protobuf.Struct" or "google.protobuf.ListValue" => messages.TryWriteField(type.Fields[0], value, writer),
        "google.protobuf.Value" => TryValue(messages, type, value, writer),
        "google.protobuf.DoubleValue" or "google.protobuf.FloatValue" or "google.protobuf.Int64Value" or "google.protobuf.UInt64Value"
            or "google.protobuf.Int32Value" or "google.protobuf.UInt32Value" or "google.protobuf.BoolValue" or "google.protobuf.StringValue"
            or "google.protobuf.BytesValue" => messages.TryWriteOne(type.Fields[0], value, writer),
        _ => null,
    };

    private static bool TryTime(Value value, WireWriter writer) =>
        value.IsString && Timestamp.TryParseRfc3339(value.AsSpan(), out Timestamp? time)
            ? Put(time.UnixSeconds, time.Nanosecond, writer)
            : ProtobufWriter.Mismatch("an RFC 3339 time", value, writer);

    private static bool TryDuration(Value value, WireWriter writer)
    {
        Match match = DurationForm().Match(value.IsString ? value.AsHostString() : string.Empty);
        if (!match.Success || !long.TryParse(match.Groups[2].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out long seconds) || seconds > 315_576_000_000)
        {
            return ProtobufWriter.Mismatch("a duration such as 1.5s", value, writer);
        }

        int sign = match.Groups[1].Length > 0 ? -1 : 1;
        int nanoseconds = int.Parse(match.Groups[3].Value.PadRight(NanosecondDigits, '0'), NumberStyles.None, CultureInfo.InvariantCulture);
        return Put(sign * seconds, sign * nanoseconds, writer);
    }

    /// <summary>Seconds and nanoseconds; what is zero is left out.</summary>
    private static bool Put(long seconds, int nanoseconds, WireWriter writer)
    {
        if (seconds != 0)
        {
            writer.Byte((1 << 3) | (byte)WireType.Varint);
            writer.Varint((ulong)seconds);
        }

        if (nanoseconds != 0)
        {
            writer.Byte((2 << 3) | (byte)WireType.Varint);
            writer.Varint((ulong)nanoseconds);
        }

        return true;
    }

    private static bool TryMask(ProtobufWriter messages, ProtoMessage type, Value value, WireWriter writer)
    {
        if (!value.IsString)
        {
            return ProtobufWriter.Mismatch("a text of paths, separated by commas", value, writer);
        }

        foreach (string path in value.AsHostString().Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            string snake = string.Concat(path.Select(static c => char.IsAsciiLetterUpper(c) ? $"_{char.ToLowerInvariant(c)}" : c.ToString()));
            messages.TryWriteOne(type.Fields[0], Value.FromString(snake), writer);
        }

        return true;
    }

    private static bool TryAny(ProtobufWriter messages, ProtoMessage type, Value value, WireWriter writer)
    {
        if (value.IsObject && value.Count == 0)
        {
            return true;
        }

        if (!value.IsObject || !value.TryGetMember("@type"u8, out Value url) || !url.IsString)
        {
            return ProtobufWriter.Mismatch("an object with the member @type", value, writer);
        }

        string name = url.AsHostString();
        if (!messages.File.All.TryGetValue(name[(name.LastIndexOf('/') + 1)..], out ProtoMessage? inner))
        {
            return writer.Refuse($"the type {name} is not in the schema");
        }

        messages.TryWriteOne(type.Fields[type.IndexOf(1)], url, writer);
        writer.Byte((2 << 3) | (byte)WireType.Length);
        int start = writer.Length;
        bool isWritten = WellKnownReader.HasFormOfItsOwn(inner)
            ? messages.TryWrite(inner, value.TryGetMember("value"u8, out Value content) ? content : Value.Null, writer)
            : messages.TryWriteMembers(inner, value, writer, except: "@type");
        if (isWritten)
        {
            writer.InsertLength(start);
        }

        return isWritten;
    }

    private static bool TryValue(ProtobufWriter messages, ProtoMessage type, Value value, WireWriter writer)
    {
        string field = value.IsNull ? "null_value" : value.IsBool ? "bool_value" : value.IsString ? "string_value" : value.IsObject ? "struct_value" : value.IsArray ? "list_value" : "number_value";
        return messages.TryWriteOne(type.Fields[type.IndexOf(field)], value, writer);
    }

    [GeneratedRegex(@"\A(-?)(\d{1,12})(?:\.(\d{1,9}))?s\z")]
    private static partial Regex DurationForm();
}
