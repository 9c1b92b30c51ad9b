using System.Collections.Frozen;
using System.Text;

namespace Mapping.Extras.Slugs;

/// <summary>What characters become in a language, before all others become ASCII.</summary>
internal static class Replacements
{
    /// <summary>In every language: quotes vanish, dashes are hyphens.</summary>
    private const string Common = "\" ' ’ ‒=- –=- —=- ―=-";

    private static readonly FrozenDictionary<string, FrozenDictionary<int, string>> Languages = new (string Names, string Table)[]
    {
        ("en eng", "&=and @=at"),
        ("bg bgr", "й=y х=h ц=ts щ=sht ъ=a ь=y ю=yu я=ya Й=y Х=h Ц=ts Щ=sh Ъ=a Ь=y Ю=yu Я=ya"),
        ("cs ces", "&=a @=zavinac"),
        ("de deu", "&=und @=an ä=ae Ä=ae ö=oe Ö=oe ü=ue Ü=ue"),
        ("es spa", "&=y @=en"),
        ("fi fin", "&=ja @=at"),
        ("fr fra", "&=et @=arobase"),
        ("gr el ell", "&=kai β=v Β=v η=i Η=i ή=i Ή=i ι=i Ι=i ί=i Ί=i ϊ=i Ϊ=i ΐ=i ξ=x Ξ=x υ=y Υ=y ύ=y Ύ=y ϋ=y Ϋ=y ΰ=y φ=f Φ=f χ=ch Χ=ch ω=o Ω=o ώ=o Ώ=o"),
        ("hu hun", string.Empty),
        ("id idn ind", "&=dan"),
        ("it ita", "&=e @=chiocciola"),
        ("kz kk kaz", "&=jane ә=a ғ=g қ=q ң=n ө=o ұ=u Ә=a Ғ=g Қ=q Ң=n Ө=o Ұ=u"),
        ("nb nob nn nno", "&=og @=at æ=ae Æ=ae ø=oe Ø=oe å=aa Å=aa"),
        ("nl nld", "&=en @=at"),
        ("pl pol", "&=i @=na"),
        ("pt prt br bra", "&=e"),
        ("ro rou", "&=si"),
        ("sl slv", "&=in đ=dz Đ=dz"),
        ("sv swe", "&=och @=snabel\u00A0a"),
        ("tr tur", "&=ve @=et"),
    }.SelectMany(l => l.Names.Split(' ').Select(name => (name, Table: Read($"{Common} {l.Table}")))).ToFrozenDictionary(p => p.name, p => p.Table);

    public static IReadOnlyDictionary<int, string> Of(string language) =>
        Languages.TryGetValue(language.ToLowerInvariant(), out FrozenDictionary<int, string>? table) ? table : Languages["en"];

    private static FrozenDictionary<int, string> Read(string table) => table.Split(' ', StringSplitOptions.RemoveEmptyEntries)
        .Select(entry => (Rune: Rune.GetRuneAt(entry, 0), Entry: entry))
        .ToFrozenDictionary(p => p.Rune.Value, p => p.Entry.Length > 2 ? p.Entry[2..].Replace('\u00A0', ' ') : string.Empty);
}
