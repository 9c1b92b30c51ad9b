using System.Text;
using Mapping.Diagnostics;
using Mapping.Functions;
using Mapping.Pipeline.Config;

namespace Mapping.Pipeline.Components.Outputs;

/// <summary>How messages are written one after another.</summary>
/// <param name="Separator">Written after a message that does not end with it; null for none.</param>
/// <param name="Replaces">Every message replaces what was written before.</param>
internal sealed record Codec(byte[]? Separator, bool Replaces)
{
    public static Field<Codec> Field { get; } =
        new Field<Codec>("codec", new CodecType(), "How messages are written: lines, delim:TEXT with another separator, append without any, or all-bytes, where each replaces what was there.").Default("lines").Example("delim:;");

    public static Codec Lines { get; } = new("\n"u8.ToArray(), Replaces: false);

    public void Write(Message message, Stream stream)
    {
        ReadOnlySpan<byte> body = message.Body.Span;
        stream.Write(body);
        if (Separator is not null && !body.EndsWith(Separator))
        {
            stream.Write(Separator);
        }
    }

    private sealed class CodecType : FieldType<Codec>
    {
        public override string Name => "codec";

        public override bool TryRead(ConfigNode node, ReadScope scope, string path, out Codec value)
        {
            string text = (node as ScalarNode)?.Text ?? string.Empty;
            value = text switch
            {
                "append" => new Codec(null, Replaces: false),
                "all-bytes" => new Codec(null, Replaces: true),
                _ when text.StartsWith("delim:", StringComparison.Ordinal) && text.Length > 6 => new Codec(Encoding.UTF8.GetBytes(text[6..]), Replaces: false),
                _ => Lines,
            };
            if (!ReferenceEquals(value, Lines) || text == "lines")
            {
                return true;
            }

            scope.Problems.Error(DiagnosticCodes.InvalidValue, node, $"unknown codec \"{text}\"", "there is lines, delim:TEXT, append and all-bytes");
            return false;
        }

        public override void WriteSchema(System.Text.Json.Utf8JsonWriter json) => json.WriteString("type", "string");
    }
}
