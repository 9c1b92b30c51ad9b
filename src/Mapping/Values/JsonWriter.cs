using System.Buffers;
using System.Buffers.Text;
using System.Text;
using Mapping.Values.Json;

namespace Mapping.Values;

/// <summary>
/// Writes a value as JSON without recursion. Parts of documents that need no change are copied as they stand. One writer
/// per thread is kept with its buffers.
/// </summary>
internal sealed class JsonWriter
{
    private const int KeptBytes = 1024 * 1024;

    [ThreadStatic]
    private static JsonWriter? own;

    private Utf8Buffer buffer = new(4096);
    private Level[] levels = new Level[8];
    private int depth;

    /// <summary>False, and nothing written, when the value holds NaN or an infinity, which JSON cannot express.</summary>
    public static bool TryWrite(Value value, IBufferWriter<byte> target, JsonWriterOptions options)
    {
        JsonWriter writer = own ?? new JsonWriter();
        own = null;
        writer.buffer.Clear();
        writer.depth = 0;
        bool written = writer.TryWrite(value, options);
        if (written)
        {
            target.Write(writer.buffer.WrittenSpan);
        }

        if (writer.buffer.Array.Length > KeptBytes)
        {
            writer.buffer = new Utf8Buffer(4096);
        }

        own = writer;
        return written;
    }

    private bool TryWrite(Value value, JsonWriterOptions options)
    {
        if (!NeedsWalk(value, options))
        {
            return TryWriteLeaf(value, options);
        }

        Open(value, options);
        while (depth > 0)
        {
            ref Level level = ref levels[depth - 1];
            if (!level.MoveNext())
            {
                depth--;
                level.Close(buffer, options, depth);
                level = default;
                continue;
            }

            level.BeginItem(buffer, options, depth);
            Value item = level.Current;
            if (NeedsWalk(item, options))
            {
                Open(item, options);
            }
            else if (!TryWriteLeaf(item, options))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Constructed containers are walked; parts of a document only when their form has to change.</summary>
    private static bool NeedsWalk(Value value, JsonWriterOptions options) =>
        value.IsContainer && (value.Document is null || !ReferenceEquals(options, JsonWriterOptions.Message));

    private void Open(Value container, JsonWriterOptions options)
    {
        if (depth == levels.Length)
        {
            Array.Resize(ref levels, depth * 2);
        }

        levels[depth++] = new Level(container, options, buffer);
    }

    private bool TryWriteLeaf(Value value, JsonWriterOptions options)
    {
        switch (value.Kind)
        {
            case ValueKind.String:
                JsonText.WriteString(value.AsSpan(), buffer, options.EscapeHtml);
                return true;
            case ValueKind.Bytes:
                WriteBase64(value.AsSpan());
                return true;
            case ValueKind.Lexical:
                buffer.Append(value.AsSpan());
                return true;
            case ValueKind.Timestamp:
                JsonText.WriteString(Encoding.UTF8.GetBytes(value.AsTimestamp().ToText()), buffer, options.EscapeHtml);
                return true;
            case ValueKind.Bool:
                buffer.Append(value.AsBool() ? "true"u8 : "false"u8);
                return true;
            case ValueKind.Int64:
                Utf8Formatter.TryFormat(value.AsInt64(), buffer.GetSpan(24), out int digits);
                buffer.Advance(digits);
                return true;
            case ValueKind.UInt64:
                Utf8Formatter.TryFormat(value.AsUInt64(), buffer.GetSpan(24), out digits);
                buffer.Advance(digits);
                return true;
            case ValueKind.Float64:
                return TryWriteFloat(value.AsFloat64());
            case ValueKind.Array or ValueKind.Object:
                RawCopy.Write(value.Document!, value.DocumentIndex, buffer);
                return true;
            default:
                buffer.Append("null"u8);
                return true;
        }
    }

    private bool TryWriteFloat(double value)
    {
        if (!double.IsFinite(value))
        {
            return false;
        }

        buffer.Advance(NumberText.WriteJson(value, buffer.GetSpan(NumberText.MaxLength)));
        return true;
    }

    private void WriteBase64(ReadOnlySpan<byte> bytes)
    {
        Span<byte> target = buffer.GetSpan(Base64.GetMaxEncodedToUtf8Length(bytes.Length) + 2);
        target[0] = (byte)'"';
        Base64.EncodeToUtf8(bytes, target[1..], out _, out int written);
        target[written + 1] = (byte)'"';
        buffer.Advance(written + 2);
    }

    /// <summary>A container being written.</summary>
    private struct Level
    {
        private readonly bool isArray;
        private readonly Member[]? sorted;
        private ElementSequence.Enumerator elements;
        private MemberSequence.Enumerator members;
        private int next;
        private Value key;
        private bool any;

        public Level(Value container, JsonWriterOptions options, Utf8Buffer buffer)
        {
            isArray = container.IsArray;
            if (isArray)
            {
                elements = container.Elements.GetEnumerator();
            }
            else if (options.SortKeys)
            {
                sorted = container.SortedMembers();
            }
            else
            {
                members = container.Members.GetEnumerator();
            }

            buffer.Append(isArray ? (byte)'[' : (byte)'{');
        }

        public Value Current { get; private set; }

        public bool MoveNext()
        {
            if (isArray)
            {
                bool more = elements.MoveNext();
                Current = elements.Current;
                return more;
            }

            Member member;
            if (sorted is not null)
            {
                if (next == sorted.Length)
                {
                    return false;
                }

                member = sorted[next++];
            }
            else if (members.MoveNext())
            {
                member = members.Current;
            }
            else
            {
                return false;
            }

            key = member.Key;
            Current = member.Value;
            return true;
        }

        public void BeginItem(Utf8Buffer buffer, JsonWriterOptions options, int depth)
        {
            if (any)
            {
                buffer.Append((byte)',');
            }

            any = true;
            Break(buffer, options, depth);
            if (!isArray)
            {
                JsonText.WriteString(key.AsSpan(), buffer, options.EscapeHtml);
                buffer.Append(options.Indent is null ? ":"u8 : ": "u8);
            }
        }

        public readonly void Close(Utf8Buffer buffer, JsonWriterOptions options, int depth)
        {
            if (any)
            {
                Break(buffer, options, depth);
            }

            buffer.Append(isArray ? (byte)']' : (byte)'}');
        }

        private static void Break(Utf8Buffer buffer, JsonWriterOptions options, int depth)
        {
            if (options.Indent is not { } indent)
            {
                return;
            }

            buffer.Append((byte)'\n');
            for (int i = 0; i < depth; i++)
            {
                Encoding.UTF8.GetBytes(indent, buffer);
            }
        }
    }
}
