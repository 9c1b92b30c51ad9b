using System.Buffers;
using System.Buffers.Text;
using System.Runtime.CompilerServices;
using System.Text;
using Mapping.Text;
using Mapping.Values.Json;

namespace Mapping.Values;

/// <summary>
/// Writes a value as JSON. Parts of documents that need no change are copied as they stand. A writer is kept with its buffers.
/// </summary>
internal sealed partial class JsonWriter
{
    private const int KeptBytes = 1024 * 1024;

    private const int FirstBytes = 4096;

    /// <summary>To look how much stack is left costs as much as to write a small object.</summary>
    private const int LevelsBetweenStackLooks = 8;

    [ThreadStatic]
    private static JsonWriter? spare;

    private Utf8Buffer own = new(FirstBytes);

    /// <summary>Its own, or that of the caller.</summary>
    private Utf8Buffer buffer;
    private JsonWriterOptions options = JsonWriterOptions.Message;

    /// <summary>Text of documents and quoted strings may be copied: nothing asks for another form.</summary>
    private bool copies;

    private int depth;

    /// <summary>Containers around what is written.</summary>
    private int nesting;

    public JsonWriter() => buffer = own;

    /// <summary>As <see cref="TryWriteTo"/>, with the writer of the thread.</summary>
    public static bool TryWrite(Value value, IBufferWriter<byte> target, JsonWriterOptions options)
    {
        JsonWriter writer = spare ?? new JsonWriter();
        spare = null;
        bool written = writer.TryWriteTo(target, value, options);
        spare = writer;
        return written;
    }

    /// <summary>False, and nothing written, when the value holds NaN or an infinity, which JSON cannot express.</summary>
    public bool TryWriteTo(IBufferWriter<byte> target, Value value, JsonWriterOptions how)
    {
        depth = 0;
        nesting = 0;
        options = how;
        copies = ReferenceEquals(how, JsonWriterOptions.Message);
        if (target is Utf8Buffer direct)
        {
            buffer = direct;
            int start = direct.Length;
            bool isWritten = Write(value);
            if (!isWritten)
            {
                direct.Truncate(start);
            }

            buffer = own;
            return isWritten;
        }

        own.Clear();
        bool written = Write(value);
        if (written)
        {
            target.Write(own.WrittenSpan);
        }

        if (own.Array.Length > KeptBytes)
        {
            buffer = own = new Utf8Buffer(FirstBytes);
        }

        return written;
    }

    /// <summary>What stands ready in its owner is copied; all else is a call, so that this stays small.</summary>
    private bool Write(Value value)
    {
        if (value.IsQuoted && copies)
        {
            buffer.Append(value.TextOwner, value.TextOffset - 1, value.TextLength + 2);
            return true;
        }

        if (value.IsLexical)
        {
            buffer.Append(value.TextOwner, value.TextOffset, value.TextLength);
            return true;
        }

        return WriteRest(value);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool WriteRest(Value value)
    {
        switch (value.Kind)
        {
            case ValueKind.String:
                WriteString(value);
                return true;
            case ValueKind.Array or ValueKind.Object:
                bool isDeep = (++nesting & (LevelsBetweenStackLooks - 1)) == 0 && !RuntimeHelpers.TryEnsureSufficientExecutionStack();
                bool isWritten = isDeep ? WriteOnDeepStack(value) : WriteContainer(value);
                nesting--;
                return isWritten;
            default:
                return WriteOther(value);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool WriteOther(Value value)
    {
        switch (value.Kind)
        {
            case ValueKind.Bool:
                buffer.Append(value.AsBool());
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
            case ValueKind.Bytes:
                WriteBase64(value.AsSpan());
                return true;
            case ValueKind.Timestamp:
                JsonText.WriteString(Encoding.UTF8.GetBytes(value.AsTimestamp().ToText()), buffer, options.EscapeHtml);
                return true;
            default:
                buffer.Append("null"u8);
                return true;
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool WriteOnDeepStack(Value value) => DeepStack.Run(() => WriteContainer(value));

    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool WriteContainer(Value value)
    {
        if (!copies)
        {
            return WriteFormed(value);
        }

        if (value.Document is { } document)
        {
            if (document.IsRawClean(value.DocumentIndex))
            {
                document.RawRange(value.DocumentIndex, out int start, out int length);
                buffer.Append(document.TextAt(start, length));
            }
            else
            {
                RawCopy.Write(document, value.DocumentIndex, buffer);
            }

            return true;
        }

        if (value.ArrayNode is { } array)
        {
            return WriteArray(array);
        }

        ObjectNode node = value.ObjectNode!;
        return node.Original is { } original && original.IsRawClean(node.OriginalIndex) ? WriteChanged(node, original) : WriteObject(node);
    }

    private bool WriteArray(ArrayNode array)
    {
        byte separator = (byte)'[';
        foreach (ref readonly Value item in array.Items)
        {
            buffer.Append(separator);
            separator = (byte)',';
            if (!Write(item))
            {
                return false;
            }
        }

        Close(separator, (byte)'[', (byte)']');
        return true;
    }

    private bool WriteObject(ObjectNode node)
    {
        byte separator = (byte)'{';
        foreach (ref readonly Member member in node.Slots)
        {
            if (member.Key.IsNull)
            {
                continue;
            }

            WriteKey(member.Key, separator);
            separator = (byte)',';
            if (!Write(member.Value))
            {
                return false;
            }
        }

        Close(separator, (byte)'{', (byte)'}');
        return true;
    }

    /// <summary>Copies the text of the document from change to change.</summary>
    private bool WriteChanged(ObjectNode node, Document original)
    {
        original.RawRange(node.OriginalIndex, out int start, out int length);
        int position = start;
        int end = start + length - 1;
        foreach (ref readonly ObjectNode.Changed change in node.Changes)
        {
            original.RawRange(change.Position, out int key, out int keyLength);
            original.RawRange(change.Position + 1, out int old, out int oldLength);
            if (!change.Value.IsDeleted)
            {
                buffer.Append(original.Buffer, position, key + keyLength + 1 - position);
                position = old + oldLength;
                if (!Write(change.Value))
                {
                    return false;
                }

                continue;
            }

            buffer.Append(original.Buffer, position, key - position);
            position = old + oldLength;
            if (position < end)
            {
                // The comma behind a removed member goes with it; behind the last one it is the comma before.
                position++;
            }
            else
            {
                DropComma();
            }
        }

        buffer.Append(original.Buffer, position, end - position);
        foreach (ref readonly Member member in node.Added)
        {
            if (member.Key.IsNull)
            {
                continue;
            }

            if (buffer.Last == (byte)'{')
            {
                buffer.Truncate(buffer.Length - 1);
                WriteKey(member.Key, (byte)'{');
            }
            else
            {
                WriteKey(member.Key, (byte)',');
            }

            if (!Write(member.Value))
            {
                return false;
            }
        }

        buffer.Append((byte)'}');
        return true;
    }

    private void DropComma()
    {
        if (buffer.Last == (byte)',')
        {
            buffer.Truncate(buffer.Length - 1);
        }
    }

    private void Close(byte separator, byte opening, byte closing)
    {
        if (separator == opening)
        {
            buffer.Append(opening);
        }

        buffer.Append(closing);
    }

    private void WriteKey(Value key, byte separator)
    {
        if (key.IsQuoted)
        {
            buffer.AppendBetween(separator, key.TextOwner, key.TextOffset - 1, key.TextLength + 2, (byte)':');
            return;
        }

        buffer.Append(separator);
        JsonText.WriteString(key.AsSpan(), buffer, escapeHtml: false);
        buffer.Append((byte)':');
    }

    private void WriteString(Value text)
    {
        if (text.IsQuoted && !options.EscapeHtml)
        {
            buffer.Append(text.TextOwner, text.TextOffset - 1, text.TextLength + 2);
        }
        else if (options.EscapeHtml || !ShortText.TryWrite(text.TextOwner, text.TextOffset, text.TextLength, buffer))
        {
            WriteLong(text);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void WriteLong(Value text) => JsonText.WriteString(text.AsSpan(), buffer, options.EscapeHtml);

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
}
