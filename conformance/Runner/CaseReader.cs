using System.Text;
using System.Text.Json;

namespace Mapping.Conformance.Runner;

/// <summary>Turns the fields of a case, given as JSON, into a <see cref="ConformanceCase"/>.</summary>
internal static class CaseReader
{
    private static readonly string[] KnownFields =
    [
        "id", "topic", "mode", "mapping", "input", "input_b64", "batch", "index", "meta", "error", "env", "expect", "quirk", "superset_ok",
        "mapping_file", "corpus", "line",
    ];

    private static readonly string[] KnownExpectations = ["output", "output_b64", "deleted", "parse_error", "error", "meta"];

    /// <param name="data">The case; it must outlive the result.</param>
    /// <param name="corpora">Where a case finds the mapping and the document it only names.</param>
    public static ConformanceCase Read(JsonElement data, Corpora corpora)
    {
        if (data.ValueKind != JsonValueKind.Object)
        {
            throw new CaseFormatException("a case must be an object with the fields id, mapping and expect");
        }

        string id = Text(data, "id") ?? throw new CaseFormatException("a case has no id");
        try
        {
            return ReadFields(data, id, corpora);
        }
        catch (Exception error) when (error is CaseFormatException or FormatException or InvalidOperationException or IOException)
        {
            throw new CaseFormatException($"case {id}: {error.Message}", error);
        }
    }

    private static ConformanceCase ReadFields(JsonElement data, string id, Corpora corpora)
    {
        RefuseUnknown(data, KnownFields);
        if (!data.TryGetProperty("expect", out JsonElement expect) || expect.ValueKind != JsonValueKind.Object)
        {
            throw new CaseFormatException("the field expect is missing or no object");
        }

        string? file = Text(data, "mapping_file");
        string[] segments = id.Split('/');
        return new ConformanceCase
        {
            Id = id,
            Topic = Text(data, "topic") ?? file ?? (segments.Length > 2 ? segments[1] : segments[0]),
            Mode = ReadMode(Text(data, "mode")),
            Mapping = Text(data, "mapping") ?? (file is null ? throw new CaseFormatException("the field mapping is missing") : corpora.Mapping(file)),
            Batch = ReadBatch(data, corpora),
            Index = Number(data, "index") ?? 0,
            Metadata = data.TryGetProperty("meta", out JsonElement meta) ? meta : default,
            CarriedError = Text(data, "error"),
            Variables = ReadVariables(data),
            Expected = ReadExpectation(expect),
            Quirk = Text(data, "quirk"),
            MayBeAccepted = data.TryGetProperty("superset_ok", out JsonElement superset) && superset.GetBoolean(),
        };
    }

    private static CaseMode ReadMode(string? mode) => mode switch
    {
        null or "mapping" => CaseMode.Mapping,
        "mutation" => CaseMode.Mutation,
        "interp" => CaseMode.Interpolation,
        _ => throw new CaseFormatException($"the mode must be mapping, mutation or interp, not {mode}"),
    };

    private static IReadOnlyList<ReadOnlyMemory<byte>> ReadBatch(JsonElement data, Corpora corpora)
    {
        if (data.TryGetProperty("batch", out JsonElement batch))
        {
            return [.. batch.EnumerateArray().Select(body => (ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes(body.GetString()!))];
        }

        if (Text(data, "corpus") is { } corpus)
        {
            return [corpora.Document(corpus, Number(data, "line") ?? 1)];
        }

        return [Body(data, "input") ?? ReadOnlyMemory<byte>.Empty];
    }

    private static Dictionary<string, string> ReadVariables(JsonElement data) =>
        data.TryGetProperty("env", out JsonElement variables)
            ? variables.EnumerateObject().ToDictionary(v => v.Name, v => v.Value.GetString()!, StringComparer.Ordinal)
            : [];

    private static Expectation ReadExpectation(JsonElement expect)
    {
        RefuseUnknown(expect, KnownExpectations);
        var read = new Expectation
        {
            Output = Body(expect, "output"),
            IsDeleted = expect.TryGetProperty("deleted", out JsonElement deleted) && deleted.GetBoolean(),
            Error = Text(expect, "error"),
            ParseError = expect.TryGetProperty("parse_error", out JsonElement error)
                ? new ExpectedParseError(Number(error, "line"), Text(error, "text") ?? "")
                : null,
            Metadata = expect.TryGetProperty("meta", out JsonElement meta) ? meta : default,
        };
        int answers = (read.Output is null ? 0 : 1) + (read.IsDeleted ? 1 : 0) + (read.Error is null ? 0 : 1) + (read.ParseError is null ? 0 : 1);
        return answers == 1 ? read : throw new CaseFormatException("expect needs exactly one of output, output_b64, deleted, error and parse_error");
    }

    private static ReadOnlyMemory<byte>? Body(JsonElement data, string field)
    {
        if (Text(data, field) is { } text)
        {
            return Encoding.UTF8.GetBytes(text);
        }

        if (Text(data, field + "_b64") is { } base64)
        {
            return Convert.FromBase64String(base64);
        }

        return null;
    }

    private static string? Text(JsonElement data, string field) => data.TryGetProperty(field, out JsonElement value)
        ? value.ValueKind == JsonValueKind.String ? value.GetString() : throw new CaseFormatException($"the field {field} must be a text")
        : null;

    private static int? Number(JsonElement data, string field) => data.TryGetProperty(field, out JsonElement value) ? value.GetInt32() : null;

    private static void RefuseUnknown(JsonElement data, string[] known)
    {
        foreach (JsonProperty field in data.EnumerateObject())
        {
            if (!known.Contains(field.Name, StringComparer.Ordinal))
            {
                throw new CaseFormatException($"unknown field {field.Name}");
            }
        }
    }
}
