using System.Buffers;
using System.Buffers.Text;
using System.Text;
using Mapping.Values.Json;

namespace Mapping.Values;

/// <summary>
/// Writes a value as JSON without recursion. Parts of documents that need no change are copied as they stand.
/// </summary>
internal static class JsonWriter
{
    /// <summary>False when the value holds NaN or an infinity, which JSON cannot express.</summary>
    public static bool TryWrite(Value value, IBufferWriter<byte> writer, JsonWriterOptions options)
    {
        if (!NeedsWalk(value, options))
        {
            return TryWriteLeaf(value, writer, options);
        }

        var open = new Stack<Level>();
        open.Push(Level.Open(value, writer, options));
        while (open.TryPeek(out Level? level))
        {
            if (!level.MoveNext())
            {
                open.Pop();
                level.Close(writer, options, open.Count);
                continue;
            }

            level.BeginItem(writer, options, open.Count);
            if (NeedsWalk(level.Current, options))
            {
                open.Push(Level.Open(level.Current, writer, options));
            }
            else if (!TryWriteLeaf(level.Current, writer, options))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Constructed containers are walked; parts of a document only when their form has to change.</summary>
    private static bool NeedsWalk(Value value, JsonWriterOptions options) =>
        value.IsContainer && (value.Document is null || options != JsonWriterOptions.Message);

    private static bool TryWriteLeaf(Value value, IBufferWriter<byte> writer, JsonWriterOptions options)
    {
        switch (value.Kind)
        {
            case ValueKind.String:
                JsonText.WriteString(value.AsSpan(), writer, options.EscapeHtml);
                return true;
            case ValueKind.Bytes:
                WriteBase64(value.AsSpan(), writer);
                return true;
            case ValueKind.Lexical:
                writer.Write(value.AsSpan());
                return true;
            case ValueKind.Timestamp:
                JsonText.WriteString(Encoding.UTF8.GetBytes(value.AsTimestamp().ToText()), writer, options.EscapeHtml);
                return true;
            case ValueKind.Bool:
                writer.Write(value.AsBool() ? "true"u8 : "false"u8);
                return true;
            case ValueKind.Int64:
                Utf8Formatter.TryFormat(value.AsInt64(), writer.GetSpan(24), out int digits);
                writer.Advance(digits);
                return true;
            case ValueKind.UInt64:
                Utf8Formatter.TryFormat(value.AsUInt64(), writer.GetSpan(24), out digits);
                writer.Advance(digits);
                return true;
            case ValueKind.Float64:
                return TryWriteFloat(value.AsFloat64(), writer);
            case ValueKind.Array or ValueKind.Object:
                RawCopy.Write(value.Document!, value.DocumentIndex, writer);
                return true;
            default:
                writer.Write("null"u8);
                return true;
        }
    }

    private static bool TryWriteFloat(double value, IBufferWriter<byte> writer)
    {
        if (!double.IsFinite(value))
        {
            return false;
        }

        writer.Advance(NumberText.WriteJson(value, writer.GetSpan(NumberText.MaxLength)));
        return true;
    }

    private static void WriteBase64(ReadOnlySpan<byte> bytes, IBufferWriter<byte> writer)
    {
        Span<byte> target = writer.GetSpan(Base64.GetMaxEncodedToUtf8Length(bytes.Length) + 2);
        target[0] = (byte)'"';
        Base64.EncodeToUtf8(bytes, target[1..], out _, out int written);
        target[written + 1] = (byte)'"';
        writer.Advance(written + 2);
    }

    /// <summary>A container being written.</summary>
    private sealed class Level
    {
        private readonly bool isArray;
        private readonly Member[]? sorted;
        private ElementSequence.Enumerator elements;
        private MemberSequence.Enumerator members;
        private int next;
        private Value key;
        private bool any;

        private Level(Value container, JsonWriterOptions options)
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
        }

        public Value Current { get; private set; }

        public static Level Open(Value container, IBufferWriter<byte> writer, JsonWriterOptions options)
        {
            var level = new Level(container, options);
            writer.Write(level.isArray ? "["u8 : "{"u8);
            return level;
        }

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

        public void BeginItem(IBufferWriter<byte> writer, JsonWriterOptions options, int depth)
        {
            if (any)
            {
                writer.Write(","u8);
            }

            any = true;
            Break(writer, options, depth);
            if (!isArray)
            {
                JsonText.WriteString(key.AsSpan(), writer, options.EscapeHtml);
                writer.Write(options.Indent is null ? ":"u8 : ": "u8);
            }
        }

        public void Close(IBufferWriter<byte> writer, JsonWriterOptions options, int depth)
        {
            if (any)
            {
                Break(writer, options, depth);
            }

            writer.Write(isArray ? "]"u8 : "}"u8);
        }

        private static void Break(IBufferWriter<byte> writer, JsonWriterOptions options, int depth)
        {
            if (options.Indent is not { } indent)
            {
                return;
            }

            writer.Write("\n"u8);
            byte[] level = Encoding.UTF8.GetBytes(indent);
            for (int i = 0; i < depth; i++)
            {
                writer.Write(level);
            }
        }
    }
}
