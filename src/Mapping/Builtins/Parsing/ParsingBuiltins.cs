using Mapping.Functions;

namespace Mapping.Builtins.Parsing;

/// <summary>The list of this folder.</summary>
internal static class ParsingBuiltins
{
    public static IReadOnlyList<Builtin> All { get; } =
    [
        JsonReading.ParseJson,
        JsonFormatting.FormatJson,
        CsvReading.ParseCsv,
        LogfmtReading.ParseLogfmt,
        FormReading.ParseFormUrlEncoded,
        UrlReading.ParseUrl,
        YamlReading.ParseYaml,
        YamlFormatting.FormatYaml,
        SchemaInference.InferSchema,
        XmlReading.ParseXml,
        XmlFormatting.FormatXml,
    ];
}
