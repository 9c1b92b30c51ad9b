using Mapping.Functions;
using Mapping.Values;

namespace Mapping.Extras.Slugs;

/// <summary><c>slug</c>.</summary>
internal static class SlugBuiltins
{
    public static IReadOnlyList<Builtin> All { get; } =
    [
        BuiltinBuilder
            .Method("slug", "String Manipulation", "Makes a text fit for addresses: lower-case letters of ASCII, digits, hyphens and underscores.")
            .FromConnect()
            .On(Accepts.LenientText)
            .Returns("string")
            .Parameter("lang", ParameterType.String, "The language of the text, such as en, de or fr: it decides what & and @ become. Unknown ones count as en.", Value.FromString("en"))
            .Example("", "root.slug = this.value.slug()", ("""{"value":"Gopher & Benthos"}""", """{"slug":"gopher-and-benthos"}"""))
            .Example("", "root.slug = this.value.slug(\"fr\")", ("""{"value":"Gaufre & Poisson d'Eau Profonde"}""", """{"slug":"gaufre-et-poisson-deau-profonde"}"""))
            .Example("Every script.", "root = this.map_each(t -> t.slug())", ("""["Straße","хелло ворлд","影師"]""", """["strasse","khello-vorld","ying-shi"]"""))
            .Body(static (EvaluationContext context, Value target, Value language) => Slug.Of(context, target, language)),
    ];
}
