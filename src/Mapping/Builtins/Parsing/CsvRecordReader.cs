using System.Buffers;
using Mapping.Functions;
using Mapping.Values;

namespace Mapping.Builtins.Parsing;

/// <summary>Reads records of comma separated values; fields are slices of the text wherever they stand in it unchanged.</summary>
internal ref struct CsvRecordReader(EvaluationContext context, Value source, ReadOnlySpan<byte> delimiter, bool isLazy)
{
    private readonly ReadOnlySpan<byte> text = source.AsSpan();
    private readonly ReadOnlySpan<byte> delimiter = delimiter;
    private int at;
    private int line = 1;

    /// <summary>The line where the last record began.</summary>
    public int Line { get; private set; }

    /// <summary>False at the end; a problem makes the record unusable.</summary>
    public bool TryRead(ArrayNode fields, out string? problem)
    {
        problem = null;
        SkipBlankLines();
        Line = line;
        if (at >= text.Length)
        {
            return false;
        }

        bool more = true;
        while (more && problem is null)
        {
            bool isQuoted = at < text.Length && text[at] == '"';
            Value field = isQuoted ? ReadQuoted(out more, ref problem) : ReadPlain(out more, ref problem);
            fields.Add(field);
        }

        return true;
    }

    private void SkipBlankLines()
    {
        while (at < text.Length && LineBreakAt(at) is var length and > 0)
        {
            at += length;
            line++;
        }
    }

    /// <summary>Length of the line break at a position; a carriage return counts at the very end too.</summary>
    private readonly int LineBreakAt(int position) => text[position] switch
    {
        (byte)'\n' => 1,
        (byte)'\r' when position + 1 == text.Length => 1,
        (byte)'\r' when text[position + 1] == '\n' => 2,
        _ => 0,
    };

    private Value ReadPlain(out bool more, ref string? problem)
    {
        ReadOnlySpan<byte> rest = text[at..];
        int newLine = rest.IndexOf((byte)'\n');
        int end = newLine < 0 ? rest.Length : newLine;
        int separator = rest[..end].IndexOf(delimiter);
        more = separator >= 0;
        int start = at;
        int length;
        if (more)
        {
            length = separator;
            at += separator + delimiter.Length;
        }
        else
        {
            length = end > 0 && rest[end - 1] == '\r' ? end - 1 : end;
            at += newLine < 0 ? end : end + 1;
            line++;
        }

        if (!isLazy && rest[..length].Contains((byte)'"'))
        {
            problem = "a quote stands in a field that is not quoted";
        }

        return source.Slice(start, length);
    }

    private Value ReadQuoted(out bool more, ref string? problem)
    {
        int start = ++at;
        ArrayBufferWriter<byte>? changed = null;
        while (true)
        {
            int quote = text[at..].IndexOf((byte)'"');
            if (quote < 0)
            {
                more = false;
                if (!isLazy)
                {
                    problem = "a quoted field does not end";
                }

                int end = text[^1] == '\n' && isLazy && at < text.Length ? text.Length - 1 : text.Length;
                at = text.Length;
                return Finish(changed, start, end);
            }

            at += quote;
            int after = at + 1;
            if (after < text.Length && text[after] == '"')
            {
                Keep(ref changed, start, after);
                at = start = after + 1;
            }
            else if (text[after..].StartsWith(delimiter))
            {
                Value field = Finish(changed, start, at);
                at = after + delimiter.Length;
                more = true;
                return field;
            }
            else if (after == text.Length || LineBreakAt(after) > 0)
            {
                Value field = Finish(changed, start, at);
                at = after == text.Length ? after : after + LineBreakAt(after);
                line++;
                more = false;
                return field;
            }
            else if (isLazy)
            {
                at = after;
            }
            else
            {
                problem = "text follows the end of a quoted field";
                more = false;
                return Value.Null;
            }
        }
    }

    private readonly void Keep(ref ArrayBufferWriter<byte>? changed, int start, int end)
    {
        changed ??= context.Scratch();
        changed.Write(text[start..end]);
    }

    private Value Finish(ArrayBufferWriter<byte>? changed, int start, int end)
    {
        ReadOnlySpan<byte> last = text[start..end];
        line += last.Count((byte)'\n');
        bool hasReturns = last.IndexOf("\r\n"u8) >= 0;
        if (changed is null && !hasReturns)
        {
            return source.Slice(start, end - start);
        }

        Keep(ref changed, start, end);
        if (changed!.WrittenSpan.IndexOf("\r\n"u8) < 0)
        {
            return context.Arena.String(changed.WrittenSpan);
        }

        // Line breaks within fields are plain line feeds whatever the file uses.
        ReadOnlySpan<byte> whole = changed.WrittenSpan;
        Span<byte> room = context.Arena.Allocate(whole.Length, out byte[] owner, out int offset);
        int written = 0;
        for (int i = 0; i < whole.Length; i++)
        {
            if (whole[i] != '\r' || i + 1 == whole.Length || whole[i + 1] != '\n')
            {
                room[written++] = whole[i];
            }
        }

        return Value.FromUtf8(owner, offset, written);
    }
}
