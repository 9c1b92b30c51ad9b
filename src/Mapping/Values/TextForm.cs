using System.Buffers;
using System.Buffers.Text;
using System.Runtime.CompilerServices;
using System.Text;
using Mapping.Values.Json;

namespace Mapping.Values;

/// <summary>The text form of values: <c>string()</c>, interpolation and metadata read as text.</summary>
internal static class TextForm
{
    /// <summary>String, bytes and timestamps as a string; nothing else counts as text in an operator.</summary>
    public static bool TryText(Value value, Arena arena, out Value text)
    {
        switch (value.Kind)
        {
            case ValueKind.String:
                text = value;
                return true;
            case ValueKind.Bytes:
                text = value.ToStringKind();
                return true;
            case ValueKind.Timestamp:
                text = arena.String(value.AsTimestamp().ToText());
                return true;
            case ValueKind.Lexical when value.Normalized().IsString:
                text = value.ToStringKind();
                return true;
            default:
                text = default;
                return false;
        }
    }

    /// <summary>The text form as a string value.</summary>
    public static Value ToText(Value value, Arena arena, bool escapeHtml = true)
    {
        if (value.IsLexical)
        {
            return value.ToStringKind();
        }

        return value.IsString ? value : ToTextSlowly(value, arena, escapeHtml);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Value ToTextSlowly(Value value, Arena arena, bool escapeHtml)
    {
        if (TryText(value, arena, out Value text))
        {
            return text;
        }

        if (value.IsContainer)
        {
            var writer = new ArrayBufferWriter<byte>();
            Write(value, writer, escapeHtml);
            return arena.String(writer.WrittenSpan);
        }

        Span<byte> scalar = stackalloc byte[NumberText.MaxLength];
        return arena.String(scalar[..WriteScalar(value, scalar)]);
    }

    public static void Write(Value value, IBufferWriter<byte> writer, bool escapeHtml = true)
    {
        switch (value.Kind)
        {
            case ValueKind.String or ValueKind.Bytes or ValueKind.Lexical:
                writer.Write(value.AsSpan());
                break;
            case ValueKind.Timestamp:
                writer.Write(Encoding.UTF8.GetBytes(value.AsTimestamp().ToText()));
                break;
            case ValueKind.Array or ValueKind.Object:
                WriteJson(value, writer, escapeHtml);
                break;
            default:
                Span<byte> scalar = stackalloc byte[NumberText.MaxLength];
                writer.Write(scalar[..WriteScalar(value, scalar)]);
                break;
        }
    }

    /// <summary>For messages: the text form on one line, shortened.</summary>
    public static string Preview(Value value, int most = 100)
    {
        if (value.IsContainer)
        {
            return value.IsArray ? $"array of {value.Count}" : $"object of {value.Count}";
        }

        var writer = new ArrayBufferWriter<byte>();
        Write(value, writer);
        string text = Encoding.UTF8.GetString(writer.WrittenSpan[..Math.Min(writer.WrittenCount, most * 4)]);
        return text.Length <= most ? text : text[..most] + "...";
    }

    private static void WriteJson(Value value, IBufferWriter<byte> writer, bool escapeHtml)
    {
        var json = new ArrayBufferWriter<byte>();
        bool serialisable = JsonWriter.TryWrite(value, json, JsonWriterOptions.Text with { EscapeHtml = escapeHtml });
        writer.Write(serialisable ? json.WrittenSpan : "null"u8);
    }

    private static int WriteScalar(Value value, Span<byte> target)
    {
        int written;
        switch (value.Kind)
        {
            case ValueKind.Int64:
                Utf8Formatter.TryFormat(value.AsInt64(), target, out written);
                return written;
            case ValueKind.UInt64:
                Utf8Formatter.TryFormat(value.AsUInt64(), target, out written);
                return written;
            case ValueKind.Float64:
                return NumberText.WriteText(value.AsFloat64(), target);
            case ValueKind.Bool:
                ReadOnlySpan<byte> word = value.AsBool() ? "true"u8 : "false"u8;
                word.CopyTo(target);
                return word.Length;
            default:
                "null"u8.CopyTo(target);
                return 4;
        }
    }
}
