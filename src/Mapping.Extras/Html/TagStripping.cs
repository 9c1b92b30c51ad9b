using System.Buffers;
using System.Text;
using Mapping.Builtins.Strings;
using Mapping.Functions;
using Mapping.Values;

namespace Mapping.Extras.Html;

/// <summary>Removes tags and hidden content and escapes the text that is left.</summary>
internal static class TagStripping
{
    private static readonly SearchValues<byte> Special = SearchValues.Create("&<>'\"\r"u8);

    /// <summary>A quote is one byte in and five out.</summary>
    private const long MostGrowth = 5;

    public static Value Strip(EvaluationContext context, Value text, PreservedElements preserved)
    {
        if (text.AsSpan().Trim(" \t\r\n\f\v"u8).IsEmpty)
        {
            return text.ToStringKind();
        }

        if (!context.TryGrow(text.TextLength * MostGrowth, out Value exceeded))
        {
            return exceeded;
        }

        ArrayBufferWriter<byte> result = context.Scratch();
        var plain = new ArrayBufferWriter<byte>();
        var tokens = new HtmlTokens(text.AsSpan());
        int hidden = 0;
        string lastStarted = string.Empty;
        while (tokens.MoveNext())
        {
            string name = tokens.Name;
            switch (tokens.Kind)
            {
                case HtmlTokenKind.StartTag:
                    lastStarted = tokens.IsSelfClosing && name is not ("script" or "style") ? lastStarted : name;
                    if (preserved.Hides(name))
                    {
                        hidden += tokens.IsSelfClosing ? 0 : 1;
                    }
                    else if (hidden == 0 && preserved.Keeps(name))
                    {
                        WriteTag(result, "<"u8, name, tokens.IsSelfClosing ? "/>"u8 : ">"u8);
                    }

                    break;
                case HtmlTokenKind.EndTag:
                    lastStarted = lastStarted == name ? string.Empty : lastStarted;
                    if (preserved.Hides(name))
                    {
                        hidden = Math.Max(0, hidden - 1);
                    }
                    else if (hidden == 0 && preserved.Keeps(name))
                    {
                        WriteTag(result, "</"u8, name, ">"u8);
                    }

                    break;
                case HtmlTokenKind.Text when hidden == 0 && lastStarted is not ("script" or "style"):
                    plain.ResetWrittenCount();
                    Decode(tokens.Content, tokens.HasReferences, plain);
                    Escape(plain.WrittenSpan, result);
                    break;
            }
        }

        return context.FinishString();
    }

    private static void WriteTag(ArrayBufferWriter<byte> result, ReadOnlySpan<byte> opening, string name, ReadOnlySpan<byte> closing)
    {
        result.Write(opening);
        Encoding.UTF8.GetBytes(name, result);
        result.Write(closing);
    }

    /// <summary>References become their characters; line ends become line feeds.</summary>
    private static void Decode(ReadOnlySpan<byte> text, bool hasReferences, ArrayBufferWriter<byte> plain)
    {
        while (!text.IsEmpty)
        {
            int at = hasReferences ? text.IndexOfAny((byte)'&', (byte)'\r') : text.IndexOf((byte)'\r');
            if (at < 0)
            {
                plain.Write(text);
                return;
            }

            plain.Write(text[..at]);
            text = text[at..];
            int read = 1;
            if (text[0] == '\r')
            {
                read = text.Length > 1 && text[1] == '\n' ? 2 : 1;
                plain.Write("\n"u8);
            }
            else if ((read = HtmlEscaping.ReadReference(text, plain)) == 0)
            {
                read = 1;
                plain.Write("&"u8);
            }

            text = text[read..];
        }
    }

    private static void Escape(ReadOnlySpan<byte> text, ArrayBufferWriter<byte> result)
    {
        while (!text.IsEmpty)
        {
            int at = text.IndexOfAny(Special);
            if (at < 0)
            {
                result.Write(text);
                return;
            }

            result.Write(text[..at]);
            result.Write(text[at] switch
            {
                (byte)'&' => "&amp;"u8,
                (byte)'<' => "&lt;"u8,
                (byte)'>' => "&gt;"u8,
                (byte)'\'' => "&#39;"u8,
                (byte)'"' => "&#34;"u8,
                _ => "&#13;"u8,
            });
            text = text[(at + 1)..];
        }
    }
}
