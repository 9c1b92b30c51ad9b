using System.Text;
using AnyAscii;

namespace Mapping.Extras.Slugs;

/// <summary>
/// Characters in ASCII. The package knows all scripts; where its choice differs from the transliteration that addresses
/// made by the reference have, ours says so.
/// </summary>
internal static class Letters
{
    private const string Cyrillic =
        "А a Б b В v Г g Д d Е e Ё io Ж zh З z И i Й i К k Л l М m Н n О o П p Р r С s Т t У u Ф f Х kh Ц ts Ч ch Ш sh Щ shch Ъ ' Ы y Ь ' Э e Ю iu Я ia "
        + "Є ie І i Ї yi Ґ g Ѓ gj Ќ kj Ђ dj Ћ tsh Љ lj Њ nj Ѕ dz Ј j Џ dzh Ў u";

    private static readonly Dictionary<int, string> Own = Read();

    public static string Of(Rune rune)
    {
        if (rune.IsAscii)
        {
            return rune.ToString();
        }

        if (Own.TryGetValue(rune.Value, out string? letters))
        {
            return letters;
        }

        // Symbols have names in the package, such as that of an emoji; in an address they are nothing.
        if (Rune.IsSymbol(rune) || Rune.GetUnicodeCategory(rune) == System.Globalization.UnicodeCategory.OtherNotAssigned)
        {
            return string.Empty;
        }

        string ascii = rune.ToString().Transliterate();
        return IsIdeograph(rune) ? ascii + " " : ascii;
    }

    /// <summary>Replacements may be in another script themselves.</summary>
    public static string OfText(string text) => Ascii.IsValid(text) ? text : string.Concat(text.EnumerateRunes().Select(Of));

    /// <summary>Each ideograph is a syllable, and syllables are kept apart.</summary>
    private static bool IsIdeograph(Rune rune) => rune.Value is (>= 0x3400 and <= 0x9FFF) or (>= 0xF900 and <= 0xFAFF) or (>= 0x20000 and <= 0x3FFFF);

    private static Dictionary<int, string> Read()
    {
        string[] parts = Cyrillic.Split(' ');
        var table = new Dictionary<int, string> { ['€'] = "EU" };
        for (int i = 0; i < parts.Length; i += 2)
        {
            table[parts[i][0]] = parts[i + 1];
            table[char.ToLowerInvariant(parts[i][0])] = parts[i + 1];
        }

        return table;
    }
}
