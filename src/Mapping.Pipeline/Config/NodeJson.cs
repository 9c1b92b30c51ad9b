using System.Globalization;
using System.Numerics;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Mapping.Pipeline.Config;

/// <summary>What is written in YAML, as JSON.</summary>
internal static class NodeJson
{
    private static readonly JsonWriterOptions Indented = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly JsonWriterOptions Dense = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static byte[] ToBytes(ConfigNode node, bool isIndented = false)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, isIndented ? Indented : Dense))
        {
            Write(json, node);
        }

        return buffer.ToArray();
    }

    public static void Write(Utf8JsonWriter json, ConfigNode node)
    {
        switch (node)
        {
            case MapNode map:
                json.WriteStartObject();
                foreach (MapEntry entry in map.Entries)
                {
                    json.WritePropertyName(entry.Key.Text);
                    Write(json, entry.Value);
                }

                json.WriteEndObject();
                break;
            case ListNode list:
                json.WriteStartArray();
                foreach (ConfigNode item in list.Items)
                {
                    Write(json, item);
                }

                json.WriteEndArray();
                break;
            default:
                WriteScalar(json, (ScalarNode)node);
                break;
        }
    }

    private static void WriteScalar(Utf8JsonWriter json, ScalarNode scalar)
    {
        switch (scalar.Kind)
        {
            case ScalarKind.Null:
                json.WriteNullValue();
                break;
            case ScalarKind.Bool:
                json.WriteBooleanValue(scalar.Text[0] is 't' or 'T');
                break;
            case ScalarKind.Integer:
                json.WriteRawValue(BigInteger.Parse(scalar.Text, CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture));
                break;
            case ScalarKind.Float:
                json.WriteRawValue(double.Parse(scalar.Text, CultureInfo.InvariantCulture).ToString("R", CultureInfo.InvariantCulture));
                break;
            default:
                json.WriteStringValue(scalar.Text);
                break;
        }
    }
}
