using System.Buffers;
using System.Text;

namespace Mapping.Pipeline.Components.Formats;

/// <summary>Reads records of comma separated values (RFC 4180) out of bytes that arrive piece by piece.</summary>
/// <param name="delimiter">The character between fields.</param>
/// <param name="isLazy">Quotes may stand within fields.</param>
internal sealed class CsvParser(string delimiter, bool isLazy)
{
    private readonly byte[] delimiter = Encoding.UTF8.GetBytes(delimiter);

    /// <summary>Whether a text can stand between fields.</summary>
    public static bool IsDelimiter(string text) =>
        Rune.TryGetRuneAt(text.PadRight(1), 0, out Rune rune) && rune.Utf16SequenceLength == text.Length && rune.Value is not ('"' or '\r' or '\n' or 0);

    /// <summary>Reads a record, after blank lines.</summary>
    /// <param name="text">From where the last record ended.</param>
    /// <param name="isFinal">Nothing follows the text.</param>
    /// <param name="fields">Gets the fields; empty when only blank lines were left.</param>
    /// <param name="length">Bytes of the text that are read; behind the line of a faulty record.</param>
    /// <param name="problem">What is wrong with the record.</param>
    /// <returns>False when more text is needed.</returns>
    public bool TryRead(ReadOnlySpan<byte> text, bool isFinal, List<string> fields, out int length, out string? problem)
    {
        fields.Clear();
        problem = null;
        int at = 0;
        while (at < text.Length && LineBreak(text, at, isFinal) is > 0 and var blank)
        {
            at += blank;
        }

        length = at;
        if (at == text.Length || (!isFinal && text[at] == '\r' && at + 1 == text.Length))
        {
            return isFinal;
        }

        while (true)
        {
            FieldEnd end = text[at..] is [(byte)'"', ..] ? ReadQuoted(text, isFinal, fields, ref at, ref problem) : ReadPlain(text, isFinal, fields, ref at, ref problem);
            if (end == FieldEnd.Unknown)
            {
                return false;
            }

            if (problem is not null)
            {
                int next = text[at..].IndexOf((byte)'\n');
                length = next < 0 ? text.Length : at + next + 1;
                return next >= 0 || isFinal;
            }

            if (end == FieldEnd.Record)
            {
                length = at;
                return true;
            }
        }
    }

    private static int LineBreak(ReadOnlySpan<byte> text, int at, bool isFinal) => text[at] switch
    {
        (byte)'\n' => 1,
        (byte)'\r' when at + 1 < text.Length => text[at + 1] == '\n' ? 2 : 0,
        (byte)'\r' when isFinal => 1,
        _ => 0,
    };

    private FieldEnd ReadPlain(ReadOnlySpan<byte> text, bool isFinal, List<string> fields, ref int at, ref string? problem)
    {
        ReadOnlySpan<byte> rest = text[at..];
        int newLine = rest.IndexOf((byte)'\n');
        int separator = (newLine < 0 ? rest : rest[..newLine]).IndexOf(delimiter);
        if (separator < 0 && newLine < 0 && !isFinal)
        {
            return FieldEnd.Unknown;
        }

        int lineEnd = newLine < 0 ? rest.Length : newLine;
        int length = separator >= 0 ? separator : lineEnd > 0 && rest[lineEnd - 1] == '\r' ? lineEnd - 1 : lineEnd;
        if (!isLazy && rest[..length].Contains((byte)'"'))
        {
            problem = "a quote stands in a field that is not quoted";
            return FieldEnd.Record;
        }

        fields.Add(Encoding.UTF8.GetString(rest[..length]));
        at += separator >= 0 ? separator + delimiter.Length : newLine < 0 ? rest.Length : newLine + 1;
        return separator >= 0 ? FieldEnd.Field : FieldEnd.Record;
    }

    private FieldEnd ReadQuoted(ReadOnlySpan<byte> text, bool isFinal, List<string> fields, ref int at, ref string? problem)
    {
        var field = new ArrayBufferWriter<byte>();
        int start = at + 1;
        for (int from = start; ;)
        {
            int quote = text[from..].IndexOf((byte)'"');
            int after = from + quote + 1;
            if (quote < 0 || (!isFinal && text.Length - after < Math.Max(2, delimiter.Length)))
            {
                if (!isFinal)
                {
                    return FieldEnd.Unknown;
                }

                if (quote < 0)
                {
                    problem = isLazy ? null : "a quoted field does not end";
                    Finish(field, text[start..].TrimEnd("\r\n"u8), fields);
                    at = text.Length;
                    return FieldEnd.Record;
                }
            }

            if (after < text.Length && text[after] == '"')
            {
                field.Write(text[start..after]);
                from = start = after + 1;
            }
            else if (text[after..].StartsWith(delimiter))
            {
                Finish(field, text[start..(after - 1)], fields);
                at = after + delimiter.Length;
                return FieldEnd.Field;
            }
            else if (after == text.Length || LineBreak(text, after, isFinal) > 0)
            {
                Finish(field, text[start..(after - 1)], fields);
                at = after == text.Length ? after : after + LineBreak(text, after, isFinal);
                return FieldEnd.Record;
            }
            else if (isLazy)
            {
                from = after;
            }
            else
            {
                problem = "text follows the end of a quoted field";
                at = after;
                return FieldEnd.Record;
            }
        }
    }

    /// <summary>Line breaks within fields are plain line feeds, whatever the file uses.</summary>
    private static void Finish(ArrayBufferWriter<byte> field, ReadOnlySpan<byte> last, List<string> fields)
    {
        field.Write(last);
        fields.Add(Encoding.UTF8.GetString(field.WrittenSpan).Replace("\r\n", "\n", StringComparison.Ordinal));
    }

    private enum FieldEnd
    {
        Unknown,
        Field,
        Record,
    }
}
