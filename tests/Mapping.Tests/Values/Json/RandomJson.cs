using System.Text;

namespace Mapping.Tests.Values.Json;

/// <summary>Random documents and damaged ones.</summary>
internal sealed class RandomJson(int seed)
{
    private static readonly string[] Numbers =
        ["0", "-0", "1", "-17", "3.25", "1e5", "1E+2", "2e-3", "0.000001", "12345678901234567890", "-0.0", "9007199254740993", "1.7976931348623157e308",
         "123456789012345678901234567890.5", "4.9E-324"];

    private static readonly string[] BadNumbers = ["01", "-", "1.", ".5", "1e", "1e+", "+1", "0x1", "--1", "1.e5", "NaN", "1_0", "00", "-01"];

    private static readonly string[] Pieces =
        ["a", "key", "é", "漢字", "😀", "\\n", "\\\"", "\\\\", "\\/", "\\u0041", "\\u00e9", "\\ud83d\\ude00", "\\ud800", "\\udc00x", "\\u0000", "\u2028", "\u2029",
         " ", "<&>", "\u007f", "quite a long piece of plain text, longer than a vector", "/", "'", "\\u2028", "\\b\\f\\r\\t"];

    private readonly Random random = new(seed);

    private static ReadOnlySpan<byte> Punctuation => "{}[]\",:\\ \n0-1e.tfn/"u8;

    public byte[] Document()
    {
        var text = new MemoryStream();
        bool loose = random.Next(3) == 0;
        Space(text, loose);
        Value(text, random.Next(1, 7), loose);
        Space(text, loose);
        byte[] bytes = text.ToArray();
        return random.Next(8) == 0 ? InvalidUtf8(bytes) : bytes;
    }

    public byte[] Mutate(byte[] document)
    {
        var bytes = new List<byte>(document);
        for (int changes = random.Next(1, 4); changes > 0; changes--)
        {
            int at = random.Next(bytes.Count + 1);
            int length = Math.Min(random.Next(1, 9), bytes.Count - at);
            switch (random.Next(9))
            {
                case 0 when at < bytes.Count:
                    bytes[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 1:
                    bytes.RemoveRange(at, bytes.Count - at);
                    break;
                case 2:
                    bytes.InsertRange(random.Next(bytes.Count + 1), bytes.GetRange(at, length));
                    break;
                case 3:
                    bytes.RemoveRange(at, length);
                    break;
                case 4:
                    bytes.Insert(at, (byte)random.Next(256));
                    break;
                case 5:
                    bytes.Insert(at, Punctuation[random.Next(Punctuation.Length)]);
                    break;
                case 6:
                    bytes.InsertRange(at, Encoding.UTF8.GetBytes(Pieces[random.Next(Pieces.Length)]));
                    break;
                case 7:
                    bytes.InsertRange(at, Encoding.UTF8.GetBytes(BadNumbers[random.Next(BadNumbers.Length)]));
                    break;
                default:
                    bytes.InsertRange(at, Encoding.UTF8.GetBytes("\\u" + "d8g0D"[random.Next(5)] + "c0"));
                    break;
            }
        }

        return [.. bytes];
    }

    private byte[] InvalidUtf8(byte[] bytes)
    {
        byte[][] bad = [[0xFF], [0xC3], [0xE2, 0x82], [0xED, 0xA0, 0x80], [0xF0, 0x9F, 0x98], [0x80], [0xC0, 0xAF], [0xF4, 0x90, 0x80, 0x80], [0xEF, 0xBB, 0xBF]];
        int quote = Array.IndexOf(bytes, (byte)'"', random.Next(bytes.Length));
        int at = quote < 0 ? random.Next(bytes.Length) : quote + 1;
        return [.. bytes[..at], .. bad[random.Next(bad.Length)], .. bytes[at..]];
    }

    private void Value(MemoryStream text, int depth, bool loose)
    {
        int choice = random.Next(depth > 0 ? 10 : 6);
        switch (choice)
        {
            case 0:
                Put(text, new[] { "true", "false", "null" }[random.Next(3)]);
                break;
            case 1 or 2:
                Put(text, random.Next(2) == 0 ? Numbers[random.Next(Numbers.Length)] : random.Next(-100000, 100000).ToString());
                break;
            case < 6:
                String(text, 6);
                break;
            default:
                bool isObject = choice < 8;
                int count = random.Next(20) == 0 ? random.Next(60) : random.Next(5);
                Put(text, isObject ? "{" : "[");
                Space(text, loose);
                for (int i = 0; i < count; i++)
                {
                    if (i > 0)
                    {
                        Put(text, ",");
                        Space(text, loose);
                    }

                    if (isObject)
                    {
                        Key(text);
                        Space(text, loose);
                        Put(text, ":");
                        Space(text, loose);
                    }

                    Value(text, count > 8 ? 0 : depth - 1, loose);
                    Space(text, loose);
                }

                Put(text, isObject ? "}" : "]");
                break;
        }
    }

    private void Key(MemoryStream text)
    {
        if (random.Next(3) == 0)
        {
            String(text, 2);
        }
        else
        {
            Put(text, $"\"field_{random.Next(40):d3}\"");
        }
    }

    private void String(MemoryStream text, int most)
    {
        Put(text, "\"");
        for (int i = random.Next(most); i > 0; i--)
        {
            Put(text, Pieces[random.Next(random.Next(2) == 0 ? 2 : Pieces.Length)]);
        }

        Put(text, "\"");
    }

    private void Space(MemoryStream text, bool loose)
    {
        if (loose && random.Next(2) == 0)
        {
            Put(text, new[] { " ", "\n", "\r\n", "\t", "    " }[random.Next(5)]);
        }
    }

    private static void Put(MemoryStream text, string piece) => text.Write(Encoding.UTF8.GetBytes(piece));
}
