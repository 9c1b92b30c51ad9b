using System.Buffers;

namespace Mapping.Cli.Output;

/// <summary>Colours JSON for a terminal: keys, strings, numbers and words apart. Text that is no JSON comes through unharmed.</summary>
internal static class JsonColours
{
    private static readonly SearchValues<byte> TokenEnds = SearchValues.Create(",]} \n:\""u8);

    private static ReadOnlySpan<byte> Key => "\u001b[34;1m"u8;

    private static ReadOnlySpan<byte> Text => "\u001b[32m"u8;

    private static ReadOnlySpan<byte> Number => "\u001b[36m"u8;

    private static ReadOnlySpan<byte> Word => "\u001b[33m"u8;

    private static ReadOnlySpan<byte> Plain => "\u001b[0m"u8;

    public static void Write(ReadOnlySpan<byte> json, IBufferWriter<byte> output)
    {
        while (!json.IsEmpty)
        {
            int length = TokenLength(json);
            ReadOnlySpan<byte> token = json[..length];
            json = json[length..];
            ReadOnlySpan<byte> colour = token[0] switch
            {
                (byte)'"' => json.TrimStart(" \n"u8) is [(byte)':', ..] ? Key : Text,
                (byte)'-' or (>= (byte)'0' and <= (byte)'9') => Number,
                (byte)'t' or (byte)'f' or (byte)'n' => Word,
                _ => default,
            };
            if (colour.IsEmpty)
            {
                output.Write(token);
                continue;
            }

            output.Write(colour);
            output.Write(token);
            output.Write(Plain);
        }
    }

    private static int TokenLength(ReadOnlySpan<byte> json)
    {
        if (json[0] == '"')
        {
            int at = 1;
            while (at < json.Length && json[at] != '"')
            {
                at += json[at] == '\\' ? 2 : 1;
            }

            return Math.Min(at + 1, json.Length);
        }

        if (!char.IsAsciiLetterOrDigit((char)json[0]) && json[0] != '-')
        {
            return 1;
        }

        int end = json.IndexOfAny(TokenEnds);
        return end <= 0 ? json.Length : end;
    }
}
