using System.Buffers;
using System.Buffers.Text;
using System.Runtime.CompilerServices;
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
    private bool copies = true;

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
        writer.Release();
        spare = writer;
        return written;
    }

    /// <summary>False, and nothing written, when the value holds NaN or an infinity, which JSON cannot express.</summary>
    public bool TryWriteTo(IBufferWriter<byte> target, Value value, JsonWriterOptions how)
    {
        depth = 0;
        nesting = 0;
        if (!ReferenceEquals(options, how))
        {
            options = how;
            copies = ReferenceEquals(how, JsonWriterOptions.Message);
        }

        if (target is Utf8Buffer direct)
        {
            WriteInto(direct);
            int start = direct.Length;
            bool isWritten = Write(value);
            if (!isWritten)
            {
                direct.Truncate(start);
            }

            return isWritten;
        }

        WriteInto(own);
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

    /// <summary>Lets go of the last target.</summary>
    public void Release() => WriteInto(own);

    private void WriteInto(Utf8Buffer target)
    {
        if (!ReferenceEquals(buffer, target))
        {
            // Storing a reference costs more than seeing that it is there already.
            buffer = target;
        }
    }

    /// <summary>What stands ready in its owner is copied; all else is a call, so that this stays small.</summary>
    private bool Write(Value value)
    {
        if (value.OwnsBytes)
        {
            if (value.IsWritten(copies, out int offset, out int length))
            {
                buffer.Append(value.TextOwner, offset, length);
                return true;
            }

            return WriteText(value);
        }

        return value.IsContainer ? WriteNested(value) : WriteScalar(value);
    }

    /// <summary>Of a text, which mostly is a short string.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool WriteText(Value text)
    {
        if (!options.EscapeHtml && ShortText.TryWrite(text, ref buffer.Room(ShortText.Room), out int written))
        {
            buffer.Claim(written);
            return true;
        }

        return WriteAnyText(text);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool WriteAnyText(Value text)
    {
        if (text.IsString)
        {
            WriteString(text);
            return true;
        }

        return WriteBase64(text);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool WriteNested(Value value)
    {
        bool isDeep = (++nesting & (LevelsBetweenStackLooks - 1)) == 0 && !RuntimeHelpers.TryEnsureSufficientExecutionStack();
        bool isWritten = isDeep ? WriteOnDeepStack(value) : WriteContainer(value);
        nesting--;
        return isWritten;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool WriteScalar(Value value)
    {
        if (value.IsFloat64)
        {
            return TryWriteFloat(value.AsFloat64());
        }

        if (value.IsInt64)
        {
            buffer.Claim(IntegerText.Write(value.AsInt64(), ref buffer.Room(IntegerText.MaxLength)));
            return true;
        }

        return WriteOther(value);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool WriteOther(Value value)
    {
        switch (value.Kind)
        {
            case ValueKind.Bool:
                buffer.Append(value.AsBool());
                return true;
            case ValueKind.UInt64:
                buffer.Claim(IntegerText.Write(value.AsUInt64(), ref buffer.Room(IntegerText.MaxLength)));
                return true;
            case ValueKind.Timestamp:
                WriteTimestamp(value.AsTimestamp());
                return true;
            default:
                buffer.Append("null"u8);
                return true;
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool WriteOnDeepStack(Value value) => DeepStack.Run(() => WriteContainer(value));

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

        if (separator == (byte)'[')
        {
            buffer.Append(separator);
        }

        buffer.Append((byte)']');
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
        if (buffer.Last != (byte)'{')
        {
            buffer.Append((byte)',');
        }

        return WriteMembers(node.Added);
    }

    private void DropComma()
    {
        if (buffer.Last == (byte)',')
        {
            buffer.Truncate(buffer.Length - 1);
        }
    }

    private void WriteString(Value text)
    {
        if (text.IsQuoted && !(options.EscapeHtml && JsonText.HasHtml(text.AsSpan())))
        {
            buffer.Append(text.TextOwner, text.TextOffset - 1, text.TextLength + 2);
        }
        else
        {
            JsonText.WriteString(text.AsSpan(), buffer, options.EscapeHtml);
        }
    }

    private void WriteTimestamp(Timestamp moment)
    {
        buffer.Append((byte)'"');
        Span<byte> room = buffer.GetSpan(Timestamp.LongestText);
        buffer.Advance(moment.Write(room));
        buffer.Append((byte)'"');
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

    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool WriteBase64(Value value)
    {
        ReadOnlySpan<byte> bytes = value.AsSpan();
        Span<byte> target = buffer.GetSpan(Base64.GetMaxEncodedToUtf8Length(bytes.Length) + 2);
        target[0] = (byte)'"';
        Base64.EncodeToUtf8(bytes, target[1..], out _, out int written);
        target[written + 1] = (byte)'"';
        buffer.Advance(written + 2);
        return true;
    }
}
