using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Mapping.Pipeline.Config;

/// <summary>From offsets of a scalar's text back to the YAML, so that a mistake in a mapping is shown where it was written.</summary>
internal static class ScalarOrigins
{
    /// <param name="scalar">As it was parsed.</param>
    /// <param name="content">The text that was parsed.</param>
    public static Func<int, int>? Of(Scalar scalar, string content)
    {
        int start = (int)scalar.Start.Index;
        return scalar.Style switch
        {
            ScalarStyle.Literal => Literal(scalar.Value, content, start),
            ScalarStyle.Plain when Matches(content, start, scalar.Value) => offset => start + offset,
            ScalarStyle.SingleQuoted => Quoted(scalar.Value, content, start + 1, SingleQuotedLength),
            ScalarStyle.DoubleQuoted => Quoted(scalar.Value, content, start + 1, DoubleQuotedLength),
            _ => null,
        };
    }

    private static bool Matches(string content, int start, string value) => string.CompareOrdinal(content, start, value, 0, value.Length) == 0;

    /// <summary>A literal block keeps its lines and loses the indentation they share.</summary>
    private static Func<int, int>? Literal(string value, string content, int start)
    {
        int line = content.IndexOf('\n', start) + 1;
        int indentation = -1;
        var starts = new List<(int Value, int Source)>();
        for (int at = 0; at <= value.Length && line > 0 && line <= content.Length;)
        {
            int valueEnd = EndOfLine(value, at);
            int sourceEnd = EndOfLine(content, line);
            string shown = value[at..valueEnd];
            string written = content[line..sourceEnd].TrimEnd('\r');
            if (indentation < 0 && shown.Trim().Length > 0)
            {
                indentation = written.Length - shown.Length;
                if (indentation < 0 || !written.EndsWith(shown, StringComparison.Ordinal))
                {
                    return null;
                }
            }

            starts.Add((at, line + Math.Min(Math.Max(indentation, 0), written.Length)));
            at = valueEnd + 1;
            line = sourceEnd < content.Length ? sourceEnd + 1 : content.Length + 1;
        }

        return starts.Count == 0 ? null : offset =>
        {
            int index = starts.FindLastIndex(s => s.Value <= offset);
            return Math.Min(starts[index].Source + offset - starts[index].Value, content.Length);
        };
    }

    private static int EndOfLine(string text, int start)
    {
        int end = text.IndexOf('\n', start);
        return end < 0 ? text.Length : end;
    }

    /// <summary>Every character of the value takes up some of the source; null when the scalar is folded, which changes more.</summary>
    private static Func<int, int>? Quoted(string value, string content, int start, Func<string, int, int> lengthAt)
    {
        var origins = new int[value.Length + 1];
        int at = start;
        for (int i = 0; i < value.Length; i++)
        {
            if (at >= content.Length || content[at] == '\n')
            {
                return null;
            }

            origins[i] = at;
            int length = lengthAt(content, at);
            at += char.IsHighSurrogate(value[i]) && length > 1 ? 0 : length;
        }

        origins[value.Length] = at;
        return offset => origins[Math.Min(offset, value.Length)];
    }

    private static int SingleQuotedLength(string content, int at) => content[at] == '\'' ? 2 : 1;

    private static int DoubleQuotedLength(string content, int at) => content[at] != '\\' || at + 1 >= content.Length ? 1 : content[at + 1] switch
    {
        'x' => 4,
        'u' => 6,
        'U' => 10,
        _ => 2,
    };
}
