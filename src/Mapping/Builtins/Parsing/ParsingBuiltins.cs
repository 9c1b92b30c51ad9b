using Mapping.Functions;

namespace Mapping.Builtins.Parsing;

/// <summary>The list of this folder.</summary>
internal static class ParsingBuiltins
{
    public static IReadOnlyList<BuiltinGroup> All { get; } =
    [
        new(".parse_json", static () => [JsonReading.ParseJson]),
        new(".format_json", static () => [JsonFormatting.FormatJson]),
        new(".parse_csv", static () => [CsvReading.ParseCsv]),
        new(".parse_logfmt", static () => [LogfmtReading.ParseLogfmt]),
        new(".parse_form_url_encoded", static () => [FormReading.ParseFormUrlEncoded]),
        new(".parse_url", static () => [UrlReading.ParseUrl]),
        new(".parse_yaml", static () => [YamlReading.ParseYaml]),
        new(".format_yaml", static () => [YamlFormatting.FormatYaml]),
        new(".infer_schema", static () => [SchemaInference.InferSchema]),
        new(".parse_xml", static () => [XmlReading.ParseXml]),
        new(".format_xml", static () => [XmlFormatting.FormatXml]),
    ];
}
