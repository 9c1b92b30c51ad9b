using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace Mapping.Builtins.Strings;

/// <summary>The named character references of HTML, read from a resource when first needed.</summary>
internal static class HtmlEntities
{
    public const int LongestWithoutSemicolon = 6;

    private static readonly Lazy<FrozenDictionary<string, byte[]>.AlternateLookup<ReadOnlySpan<char>>> Table = new(Load);

    /// <summary>What the numbers 0x80 to 0x9F stand for: documents that name them mean Windows-1252.</summary>
    public static ReadOnlySpan<char> Windows1252 =>
    [
        '\u20AC', '\u0081', '\u201A', '\u0192', '\u201E', '\u2026', '\u2020', '\u2021', '\u02C6', '\u2030', '\u0160', '\u2039', '\u0152', '\u008D', '\u017D', '\u008F',
        '\u0090', '\u2018', '\u2019', '\u201C', '\u201D', '\u2022', '\u2013', '\u2014', '\u02DC', '\u2122', '\u0161', '\u203A', '\u0153', '\u009D', '\u017E', '\u0178',
    ];

    /// <summary>Looks up a name, with its semicolon if it has one.</summary>
    public static bool TryGet(ReadOnlySpan<byte> name, [NotNullWhen(true)] out byte[]? characters)
    {
        Span<char> key = stackalloc char[40];
        if (name.Length > key.Length)
        {
            characters = null;
            return false;
        }

        int length = Encoding.Latin1.GetChars(name, key);
        return Table.Value.TryGetValue(key[..length], out characters);
    }

    private static FrozenDictionary<string, byte[]>.AlternateLookup<ReadOnlySpan<char>> Load()
    {
        var table = new Dictionary<string, byte[]>();
        using Stream stream = typeof(HtmlEntities).Assembly.GetManifestResourceStream("HtmlEntities.txt")!;
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { } line)
        {
            string[] parts = line.Split(' ');
            string characters = string.Concat(parts.Skip(1).Select(p => char.ConvertFromUtf32(int.Parse(p, NumberStyles.HexNumber, CultureInfo.InvariantCulture))));
            table[parts[0]] = Encoding.UTF8.GetBytes(characters);
        }

        return table.ToFrozenDictionary().GetAlternateLookup<ReadOnlySpan<char>>();
    }
}
