using System.Buffers;

namespace Mapping.Values.Json;

/// <summary>
/// Writes a subtree of a document as compact JSON: whatever is clean as a slice of the text, the rest without whitespace, without repeated keys
/// and with its strings repaired. Without recursion.
/// </summary>
internal static class RawCopy
{
    public static void Write(Document document, int index, IBufferWriter<byte> writer)
    {
        if (writer is Utf8Buffer buffer)
        {
            Write(document, index, buffer);
        }
        else if (document.IsRawClean(index))
        {
            document.RawRange(index, out int offset, out int length);
            writer.Write(document.Buffer.AsSpan(offset, length));
        }
        else
        {
            document.RawRange(index, out _, out int length);
            var copy = new Utf8Buffer(length);
            Write(document, index, copy);
            writer.Write(copy.WrittenSpan);
        }
    }

    public static void Write(Document document, int index, Utf8Buffer buffer)
    {
        if (!WriteWhole(document, index, buffer))
        {
            WriteUnclean(document, index, buffer);
        }
    }

    /// <summary>Writes a value that needs no walk: a clean one or any string. False for the others.</summary>
    private static bool WriteWhole(Document document, int index, Utf8Buffer buffer)
    {
        if (document.IsRawClean(index))
        {
            document.RawRange(index, out int offset, out int length);
            buffer.Append(document.Buffer.AsSpan(offset, length));
            return true;
        }

        if (document.KindAt(index) == JsonKind.String)
        {
            document.StringAt(index, out byte[] owner, out int offset, out int length);
            JsonText.WriteString(owner.AsSpan(offset, length), buffer, escapeHtml: false);
            return true;
        }

        return false;
    }

    private static void WriteUnclean(Document document, int root, Utf8Buffer buffer)
    {
        var open = new Stack<Frame>();
        Frame frame = Open(document, root, buffer);
        while (true)
        {
            if (!frame.TryNext(document, out int key, out int value))
            {
                buffer.Append(frame.IsObject ? (byte)'}' : (byte)']');
                if (!open.TryPop(out frame))
                {
                    return;
                }

                continue;
            }

            if (frame.Written++ > 0)
            {
                buffer.Append((byte)',');
            }

            if (key >= 0)
            {
                WriteWhole(document, key, buffer);
                buffer.Append((byte)':');
            }

            if (!WriteWhole(document, value, buffer))
            {
                open.Push(frame);
                frame = Open(document, value, buffer);
            }
        }
    }

    private static Frame Open(Document document, int index, Utf8Buffer buffer)
    {
        bool isObject = document.KindAt(index) == JsonKind.Object;
        buffer.Append(isObject ? (byte)'{' : (byte)'[');
        int[]? members = document.HasDuplicateKeys(index) ? DuplicateKeys.Resolve(document, index) : null;
        return new Frame(isObject, members, members is null ? index + 1 : 0, members is null ? document.NextAt(index) : members.Length);
    }

    /// <summary>A container being written: a position on the tape or, if keys repeat, in the list of the members that count.</summary>
    private record struct Frame(bool IsObject, int[]? Members, int Position, int End)
    {
        public int Written;

        public bool TryNext(Document document, out int key, out int value)
        {
            key = value = -1;
            if (Position >= End)
            {
                return false;
            }

            if (Members is not null)
            {
                key = Members[Position];
                value = Members[Position + 1];
                Position += 2;
                return true;
            }

            key = IsObject ? Position : -1;
            value = IsObject ? Position + 1 : Position;
            Position = document.NextAt(value);
            return true;
        }
    }
}
