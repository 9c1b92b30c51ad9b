using System.Globalization;
using System.Text;
using Mapping.Values;
using Mapping.Values.Json;

namespace Mapping.Connectors.SchemaRegistry.ProtobufFormat;

/// <summary>Messages of google.protobuf that have a form of their own in JSON.</summary>
internal static class WellKnownReader
{
    /// <summary>The first and last second that have a text: years 1 to 9999.</summary>
    private const long FirstSecond = -62_135_596_800;
    private const long LastSecond = 253_402_300_799;

    /// <summary>False for every other message.</summary>
    public static bool TryWrite(ProtobufReader reader, ProtoMessage type, ProtoOccurrences set, Utf8Buffer json, int level)
    {
        switch (type.FullName)
        {
            case "google.protobuf.Timestamp":
                WriteText(TimeText(Number(type, set, 1), (int)Number(type, set, 2)), json);
                return true;
            case "google.protobuf.Duration":
                WriteText(DurationText(Number(type, set, 1), (int)Number(type, set, 2)), json);
                return true;
            case "google.protobuf.FieldMask":
                WriteText(MaskText(type, set), json);
                return true;
            case "google.protobuf.Any":
                WriteAny(reader, type, set, json, level);
                return true;
            case "google.protobuf.Struct" or "google.protobuf.ListValue":
                WriteOnly(reader, type, set, json, level);
                return true;
            case "google.protobuf.Value":
                WriteValue(reader, type, set, json, level);
                return true;
            case "google.protobuf.DoubleValue" or "google.protobuf.FloatValue" or "google.protobuf.Int64Value" or "google.protobuf.UInt64Value"
                or "google.protobuf.Int32Value" or "google.protobuf.UInt32Value" or "google.protobuf.BoolValue" or "google.protobuf.StringValue" or "google.protobuf.BytesValue":
                WriteWrapped(reader, type, set, json);
                return true;
            default:
                return false;
        }
    }

    /// <summary>Whether a message is not written as an object of its fields.</summary>
    public static bool HasFormOfItsOwn(ProtoMessage type) => type.FullName is
        "google.protobuf.Timestamp" or "google.protobuf.Duration" or "google.protobuf.FieldMask" or "google.protobuf.Any" or "google.protobuf.Struct" or "google.protobuf.ListValue"
        or "google.protobuf.Value" or "google.protobuf.DoubleValue" or "google.protobuf.FloatValue" or "google.protobuf.Int64Value" or "google.protobuf.UInt64Value"
        or "google.protobuf.Int32Value" or "google.protobuf.UInt32Value" or "google.protobuf.BoolValue" or "google.protobuf.StringValue" or "google.protobuf.BytesValue" or "google.protobuf.Empty";

    private static long Number(ProtoMessage type, ProtoOccurrences set, int number)
    {
        int index = type.IndexOf(number);
        return set.Has(index) ? (long)set.Of(index)[^1].Bits : 0;
    }

    private static ReadOnlySpan<byte> Bytes(ProtoMessage type, ProtoOccurrences set, int number)
    {
        int index = type.IndexOf(number);
        return set.Has(index) ? set.BytesOf(set.Of(index)[^1]) : [];
    }

    private static void WriteText(string text, Utf8Buffer json) => JsonText.WriteString(Encoding.UTF8.GetBytes(text), json, escapeHtml: false);

    /// <summary>With no, three, six or nine digits of the second.</summary>
    private static string TimeText(long seconds, int nanoseconds)
    {
        if (seconds is < FirstSecond or > LastSecond || nanoseconds is < 0 or > 999_999_999)
        {
            throw SchemaFailure.Payload($"{seconds} seconds and {nanoseconds} nanoseconds are no Timestamp of protobuf");
        }

        string whole = Timestamp.FromLocal(new WallTime(seconds, 0, 0)).ToText();
        return whole.Insert(whole.Length - 1, Fraction(nanoseconds));
    }

    private static string DurationText(long seconds, int nanoseconds)
    {
        bool isNegative = seconds < 0 || nanoseconds < 0;
        if (Math.Abs(nanoseconds) > 999_999_999 || seconds is < -315_576_000_000 or > 315_576_000_000 || (seconds > 0 && nanoseconds < 0) || (seconds < 0 && nanoseconds > 0))
        {
            throw SchemaFailure.Payload($"{seconds} seconds and {nanoseconds} nanoseconds are no Duration of protobuf");
        }

        return string.Create(CultureInfo.InvariantCulture, $"{(isNegative ? "-" : string.Empty)}{Math.Abs(seconds)}{Fraction(Math.Abs(nanoseconds))}s");
    }

    private static string Fraction(int nanoseconds)
    {
        string digits = nanoseconds.ToString("D9", CultureInfo.InvariantCulture);
        return nanoseconds == 0 ? string.Empty : "." + (nanoseconds % 1_000_000 == 0 ? digits[..3] : nanoseconds % 1_000 == 0 ? digits[..6] : digits);
    }

    /// <summary>Paths in lowerCamelCase, separated by commas.</summary>
    private static string MaskText(ProtoMessage type, ProtoOccurrences set)
    {
        var paths = new List<string>();
        foreach (ProtoOccurrences.Occurrence path in set.Of(type.IndexOf(1)))
        {
            var text = new StringBuilder();
            bool isUpper = false;
            foreach (char c in Encoding.UTF8.GetString(set.BytesOf(path)))
            {
                if (c != '_')
                {
                    text.Append(isUpper ? char.ToUpperInvariant(c) : c);
                }

                isUpper = c == '_';
            }

            paths.Add(text.ToString());
        }

        return string.Join(',', paths);
    }

    private static void WriteAny(ProtobufReader reader, ProtoMessage type, ProtoOccurrences set, Utf8Buffer json, int level)
    {
        string url = Encoding.UTF8.GetString(Bytes(type, set, 1));
        if (url.Length == 0)
        {
            json.Append("{}"u8);
            return;
        }

        if (!reader.File.All.TryGetValue(url[(url.LastIndexOf('/') + 1)..], out ProtoMessage? inner))
        {
            throw SchemaFailure.Payload($"the payload holds a message of the type {url}, which is not in its schema");
        }

        json.Append("{\"@type\":"u8);
        WriteText(url, json);
        ReadOnlySpan<byte> content = Bytes(type, set, 2);
        if (HasFormOfItsOwn(inner))
        {
            json.Append(",\"value\":"u8);
            reader.Write(inner, content, json, level + 1);
        }
        else
        {
            reader.WriteFields(inner, new ProtoOccurrences(inner, content), json, level + 1, isFirst: false);
        }

        json.Append((byte)'}');
    }

    /// <summary>The map of a Struct, the list of a ListValue: what their only field holds.</summary>
    private static void WriteOnly(ProtobufReader reader, ProtoMessage type, ProtoOccurrences set, Utf8Buffer json, int level)
    {
        if (set.Has(0))
        {
            reader.WriteField(type.Fields[0], 0, set, json, level);
        }
        else
        {
            json.Append(type.Fields[0].IsMap ? "{}"u8 : "[]"u8);
        }
    }

    private static void WriteValue(ProtobufReader reader, ProtoMessage type, ProtoOccurrences set, Utf8Buffer json, int level)
    {
        for (int i = 0; i < type.Fields.Count; i++)
        {
            if (set.Has(i))
            {
                reader.WriteField(type.Fields[i], i, set, json, level);
                return;
            }
        }

        json.Append("null"u8);
    }

    private static void WriteWrapped(ProtobufReader reader, ProtoMessage type, ProtoOccurrences set, Utf8Buffer json)
    {
        ProtoOccurrences.Occurrence value = set.Has(0) ? set.Of(0)[^1] : default;
        reader.Scalars.Write(type.Fields[0], value, set.Has(0) ? set.BytesOf(value) : [], json);
    }
}
