using System.Globalization;

namespace Mapping.Builtins.Strings.Patterns;

/// <summary>The sets behind <c>\p{...}</c> and <c>[[:name:]]</c>.</summary>
internal static class UnicodeSets
{
    private const string CategoryCodes = "LuLlLtLmLoMnMcMeNdNlNoZsZlZpCcCfCsCoPcPdPsPePiPfPoSmScSkSoCn";

    private static readonly Lazy<Dictionary<string, CodeSet>> Categories = new(BuildCategories);
    private static readonly Lazy<Dictionary<string, CodeSet>> Scripts = new(LoadScripts);

    private static readonly Dictionary<string, CodeSet> Ascii = new()
    {
        ["alnum"] = CodeSet.Of(('0', '9'), ('A', 'Z'), ('a', 'z')),
        ["alpha"] = CodeSet.Of(('A', 'Z'), ('a', 'z')),
        ["ascii"] = CodeSet.Of((0, 0x7F)),
        ["blank"] = CodeSet.Of(('\t', '\t'), (' ', ' ')),
        ["cntrl"] = CodeSet.Of((0, 0x1F), (0x7F, 0x7F)),
        ["digit"] = CodeSet.Digits,
        ["graph"] = CodeSet.Of(('!', '~')),
        ["lower"] = CodeSet.Of(('a', 'z')),
        ["print"] = CodeSet.Of((' ', '~')),
        ["punct"] = CodeSet.Of(('!', '/'), (':', '@'), ('[', '`'), ('{', '~')),
        ["space"] = CodeSet.Of(('\t', '\r'), (' ', ' ')),
        ["upper"] = CodeSet.Of(('A', 'Z')),
        ["word"] = CodeSet.WordCharacters,
        ["xdigit"] = CodeSet.Of(('0', '9'), ('A', 'F'), ('a', 'f')),
    };

    /// <summary>A general category by its code, a script by its name, or <c>Any</c>.</summary>
    public static CodeSet? Find(string name) =>
        name == "Any" ? CodeSet.All : Categories.Value.GetValueOrDefault(name) ?? Scripts.Value.GetValueOrDefault(name);

    public static CodeSet? FindAscii(string name) => Ascii.GetValueOrDefault(name);

    private static Dictionary<string, CodeSet> BuildCategories()
    {
        var ranges = new Dictionary<string, List<(int, int)>>();
        int start = 0;
        for (int code = 1; code <= CodeSet.Last + 1; code++)
        {
            UnicodeCategory category = CharUnicodeInfo.GetUnicodeCategory(start);
            if (code <= CodeSet.Last && CharUnicodeInfo.GetUnicodeCategory(code) == category)
            {
                continue;
            }

            if (category != UnicodeCategory.OtherNotAssigned)
            {
                string name = CategoryCodes.Substring((int)category * 2, 2);
                Add(ranges, name, (start, code - 1));
                Add(ranges, name[..1], (start, code - 1));
            }

            start = code;
        }

        return ranges.ToDictionary(r => r.Key, r => CodeSet.Of(r.Value));
    }

    private static void Add(Dictionary<string, List<(int, int)>> ranges, string name, (int First, int Last) range)
    {
        if (!ranges.TryGetValue(name, out List<(int, int)>? list))
        {
            ranges[name] = list = [];
        }

        list.Add(range);
    }

    private static Dictionary<string, CodeSet> LoadScripts()
    {
        var scripts = new Dictionary<string, CodeSet>();
        using Stream stream = typeof(UnicodeSets).Assembly.GetManifestResourceStream("Scripts.txt")!;
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { } line)
        {
            string[] parts = line.Split(' ');
            scripts[parts[0]] = CodeSet.Of(parts.Skip(1).Select(ParseRange));
        }

        return scripts;
    }

    private static (int First, int Last) ParseRange(string text)
    {
        string[] bounds = text.Split('-');
        return (int.Parse(bounds[0], NumberStyles.HexNumber), int.Parse(bounds[^1], NumberStyles.HexNumber));
    }
}
