using System.Buffers;
using System.Text;

namespace Mapping.Values.Json;

/// <summary>Words and positions for faults; runs once per refused document.</summary>
internal static class ParseFaults
{
    public static JsonError Describe(ParseFault fault, ReadOnlySpan<byte> document, int offset)
    {
        ReadOnlySpan<byte> before = document[..offset];
        return new JsonError(Words(fault, document, offset), offset, before.Count((byte)'\n') + 1, offset - before.LastIndexOf((byte)'\n'));
    }

    private static string Words(ParseFault fault, ReadOnlySpan<byte> document, int offset) => fault switch
    {
        ParseFault.Empty => "the document is empty",
        ParseFault.TooLarge => "the document is larger than 1 GiB",
        ParseFault.TooDeep => $"more than {Document.MaxDepth} nested arrays and objects",
        ParseFault.TooManyValues => $"the document has more than {TapeEntry.MaxEntries} values and keys",
        ParseFault.TooMuchText => "the strings of the document need more than 2 GiB",
        ParseFault.ExpectedValue => Unexpected(document, offset, "a value"),
        ParseFault.ExpectedValueOrArrayEnd => Unexpected(document, offset, "a value or `]`"),
        ParseFault.ExpectedKey => Unexpected(document, offset, "a key in double quotes"),
        ParseFault.ExpectedKeyOrObjectEnd => Unexpected(document, offset, "a key in double quotes or `}`"),
        ParseFault.ExpectedColon => Unexpected(document, offset, "`:` after a key"),
        ParseFault.ExpectedCommaOrArrayEnd => Unexpected(document, offset, "`,` or `]`"),
        ParseFault.ExpectedCommaOrObjectEnd => Unexpected(document, offset, "`,` or `}`"),
        ParseFault.TextAfterDocument => "text after the document",
        ParseFault.StringNotClosed => "a string is not closed",
        ParseFault.ControlInString => document[offset] is (byte)'\n' or (byte)'\r'
            ? "a line break inside a string, write `\\n`"
            : $"a control character (0x{document[offset]:x2}) inside a string, write `\\u{document[offset]:x4}`",
        ParseFault.UnknownEscape => $"unknown escape: {Shown(document, offset)} after a backslash",
        ParseFault.BadUnicodeEscape => $"unexpected {Shown(document, offset)}, expected four hexadecimal digits after `\\u`",
        ParseFault.InvalidUtf8 => $"a string is not UTF-8 (byte 0x{document[offset]:x2})",
        ParseFault.BadLiteral => Unexpected(document, offset, "`true`, `false`, `null` or another value"),
        ParseFault.LeadingZero => "a number starts with a needless zero",
        ParseFault.DigitExpected => Unexpected(document, offset, "a digit"),
        _ => "the document is not JSON",
    };

    private static string Unexpected(ReadOnlySpan<byte> document, int offset, string expected)
    {
        return offset >= document.Length ? $"the document ends early, expected {expected}" : $"unexpected {Shown(document, offset)}, expected {expected}";
    }

    private static string Shown(ReadOnlySpan<byte> document, int offset)
    {
        ReadOnlySpan<byte> rest = document[offset..];
        if (rest.StartsWith("\uFEFF"u8))
        {
            return "byte order mark";
        }

        if (Rune.DecodeFromUtf8(rest, out Rune rune, out _) != OperationStatus.Done)
        {
            return $"byte 0x{rest[0]:x2}";
        }

        return Rune.IsControl(rune) ? $"control character 0x{rune.Value:x2}" : $"`{rune}`";
    }
}
