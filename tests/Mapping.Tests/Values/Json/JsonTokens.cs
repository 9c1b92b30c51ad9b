using System.Text;
using System.Text.Json;
using Mapping.Values.Json;

namespace Mapping.Tests.Values.Json;

/// <summary>A document as a list of short texts, once as the reader of the platform sees it and once as the tape has it.</summary>
internal static class JsonTokens
{
    public static readonly JsonReaderOptions ReaderOptions = new() { MaxDepth = Document.MaxDepth };

    /// <summary>Null if the reader refuses the text.</summary>
    public static List<string>? FromReader(ReadOnlySpan<byte> text)
    {
        var tokens = new List<string>();
        var reader = new Utf8JsonReader(text, ReaderOptions);
        try
        {
            while (reader.Read())
            {
                tokens.Add(reader.TokenType switch
                {
                    JsonTokenType.StartObject => "{",
                    JsonTokenType.EndObject => "}",
                    JsonTokenType.StartArray => "[",
                    JsonTokenType.EndArray => "]",
                    JsonTokenType.PropertyName => "k" + Decode(reader.ValueSpan),
                    JsonTokenType.String => "s" + Decode(reader.ValueSpan),
                    JsonTokenType.Number => "n" + Encoding.Latin1.GetString(reader.ValueSpan),
                    _ => reader.TokenType.ToString(),
                });
            }
        }
        catch (JsonException)
        {
            return null;
        }

        return tokens;
    }

    public static List<string> FromTape(Document document)
    {
        var tokens = new List<string>();
        var open = new Stack<(int Index, int End)>();
        int index = document.RootIndex;
        bool atKey = false;
        while (true)
        {
            JsonKind kind = document.KindAt(index);
            if (kind >= JsonKind.Array)
            {
                tokens.Add(kind == JsonKind.Array ? "[" : "{");
                open.Push((index, document.NextAt(index)));
                index = document.FirstChild(index);
                atKey = kind == JsonKind.Object;
            }
            else
            {
                tokens.Add(atKey ? "k" + Text(document, index) : Scalar(document, index, kind));
                index = document.NextAt(index);
                atKey = !atKey && open.Count > 0 && document.KindAt(open.Peek().Index) == JsonKind.Object;
            }

            while (open.Count > 0 && index == open.Peek().End)
            {
                tokens.Add(document.KindAt(open.Pop().Index) == JsonKind.Array ? "]" : "}");
                atKey = open.Count > 0 && document.KindAt(open.Peek().Index) == JsonKind.Object;
            }

            if (open.Count == 0)
            {
                return tokens;
            }
        }
    }

    /// <summary>Keeps of repeated keys the first position and the last value.</summary>
    public static List<string> WithoutDuplicates(List<string> tokens)
    {
        var result = new List<string>();
        var open = new Stack<Dictionary<string, List<string>>?>();
        var order = new Stack<List<string>>();
        var target = new Stack<List<string>>();
        target.Push(result);
        var keys = new Stack<string?>();
        foreach (string token in tokens)
        {
            switch (token[0])
            {
                case '{' or '[':
                    open.Push(token[0] == '{' ? [] : null);
                    order.Push([]);
                    target.Push([]);
                    break;
                case '}' or ']':
                    List<string> body = target.Pop();
                    Dictionary<string, List<string>>? members = open.Pop();
                    List<string> names = order.Pop();
                    var closed = new List<string> { members is null ? "[" : "{" };
                    closed.AddRange(members is null ? body : names.SelectMany(name => members[name].Prepend(name)));
                    closed.Add(token);
                    Add(closed);
                    break;
                case 'k':
                    keys.Push(token);
                    break;
                default:
                    Add([token]);
                    break;
            }
        }

        return result;

        void Add(List<string> value)
        {
            if (open.TryPeek(out Dictionary<string, List<string>>? members) && members is not null)
            {
                string key = keys.Pop()!;
                if (!members.ContainsKey(key))
                {
                    order.Peek().Add(key);
                }

                members[key] = value;
            }
            else
            {
                target.Peek().AddRange(value);
            }
        }
    }

    private static string Scalar(Document document, int index, JsonKind kind)
    {
        if (kind == JsonKind.Number)
        {
            document.NumberAt(index, out int offset, out int length);
            return "n" + Encoding.Latin1.GetString(document.Buffer, offset, length);
        }

        return kind == JsonKind.String ? "s" + Text(document, index) : kind.ToString();
    }

    private static string Text(Document document, int index)
    {
        document.StringAt(index, out byte[] owner, out int offset, out int length);
        return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(owner, offset, length);
    }

    /// <summary>By way of UTF-16, unlike the code under test.</summary>
    private static string Decode(ReadOnlySpan<byte> raw)
    {
        var text = new StringBuilder();
        while (!raw.IsEmpty)
        {
            int plain = raw.IndexOf((byte)'\\');
            plain = plain < 0 ? raw.Length : plain;
            text.Append(LenientUtf8.Decode(raw[..plain]));
            raw = raw[plain..];
            if (raw.IsEmpty)
            {
                break;
            }

            bool unicode = raw[1] == 'u';
            text.Append(unicode
                ? (char)Convert.ToUInt16(Encoding.ASCII.GetString(raw.Slice(2, 4)), 16)
                : "\"\\/\b\f\n\r\t"["\"\\/bfnrt".IndexOf((char)raw[1])]);
            raw = raw[(unicode ? 6 : 2)..];
        }

        return Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text.ToString()));
    }
}
