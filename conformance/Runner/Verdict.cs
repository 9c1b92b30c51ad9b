using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Mapping.Conformance.Runner;

/// <summary>Whether an answer is the expected one: bodies, deletion and metadata exactly, errors by kind and line.</summary>
internal static partial class Verdict
{
    public static bool Agrees(ConformanceCase item, Answer answer, out string reason)
    {
        reason = (item.Expected, answer) switch
        {
            (_, CrashAnswer) => "the engine threw an exception",
            ({ ParseError: { } expected }, ParseErrorAnswer actual) => CompareLines(expected.Line, actual.Line),
            ({ Error: { } expected }, ErrorAnswer actual) => CompareLines(AssignmentLine(expected), AssignmentLine(actual.Error?.Text)),
            ({ IsDeleted: true }, DeletedAnswer) => "",
            ({ Output: { } expected }, OutputAnswer actual) => CompareOutput(item, expected, actual),
            _ => $"expected {KindOf(item.Expected)}, got {KindOf(answer)}",
        };
        return reason.Length == 0;
    }

    public static string Describe(Expectation expected)
    {
        if (expected.ParseError is { } fault)
        {
            return $"parse error in line {fault.Line}: {fault.Text}";
        }

        if (expected.Output is not { } body)
        {
            return expected.Error is { } error ? $"error: {error}" : "deleted";
        }

        string output = $"output {Encoding.UTF8.GetString(body.Span)}";
        return expected.Metadata.ValueKind == JsonValueKind.Undefined ? output : $"{output} with metadata {expected.Metadata.GetRawText()}";
    }

    private static string CompareLines(int? expected, int? actual) =>
        expected is null || expected == actual ? "" : $"the error is in line {expected}, reported for line {actual?.ToString(CultureInfo.InvariantCulture) ?? "?"}";

    /// <summary>The line that an error text names; texts without one leave it open.</summary>
    private static int? AssignmentLine(string? text) =>
        text is not null && FailedAssignment().Match(text) is { Success: true } match
            ? int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture)
            : null;

    private static string CompareOutput(ConformanceCase item, ReadOnlyMemory<byte> expected, OutputAnswer actual)
    {
        if (!BodyComparison.AreEqual(expected, actual.Body))
        {
            return "the output differs";
        }

        if (actual.Metadata is not { } metadata)
        {
            return "";
        }

        string wanted = item.Expected.Metadata.ValueKind == JsonValueKind.Undefined ? "{}" : item.Expected.Metadata.GetRawText();
        return BodyComparison.AreEqual(Encoding.UTF8.GetBytes(wanted), metadata) ? "" : "the metadata differ";
    }

    private static string KindOf(Expectation expected) => expected switch
    {
        { ParseError: not null } => "a parse error",
        { Error: not null } => "a run-time error",
        { IsDeleted: true } => "a deleted message",
        _ => "an output",
    };

    private static string KindOf(Answer answer) => answer switch
    {
        ParseErrorAnswer => "a parse error",
        ErrorAnswer => "a run-time error",
        DeletedAnswer => "a deleted message",
        _ => "an output",
    };

    [GeneratedRegex(@"^failed assignment \(line (\d+)\)", RegexOptions.CultureInvariant)]
    private static partial Regex FailedAssignment();
}
