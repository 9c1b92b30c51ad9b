using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Mapping.Conformance.Runner;

namespace Mapping.Cli.Output;

/// <summary>Prints the outcome of a conformance run.</summary>
internal static class SuiteReportWriter
{
    public static void WriteText(SuiteReport report, TextWriter output)
    {
        foreach (CaseResult failure in report.Failures)
        {
            output.WriteLine($"FAIL {failure.Case.Id}: {failure.Reason}");
            output.WriteLine($"  expected {failure.Expected}");
            output.WriteLine($"  actual   {failure.Actual}");
        }

        foreach (CaseResult stale in report.Results.Where(result => result.IsStaleDifference))
        {
            output.WriteLine($"NOTE {stale.Case.Id}: listed as a difference, but agrees");
        }

        output.WriteLine(report.Summary);
    }

    public static void WriteJson(SuiteReport report, TextWriter output)
    {
        var text = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(text, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            json.WriteNumber("passed"u8, report.Passed);
            json.WriteNumber("failed"u8, report.Failed);
            json.WriteNumber("skipped"u8, report.Skipped);
            json.WriteStartArray("failures"u8);
            foreach (CaseResult failure in report.Failures)
            {
                json.WriteStartObject();
                json.WriteString("id"u8, failure.Case.Id);
                json.WriteString("reason"u8, failure.Reason);
                json.WriteString("expected"u8, failure.Expected);
                json.WriteString("actual"u8, failure.Actual);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        output.WriteLine(Encoding.UTF8.GetString(text.WrittenSpan));
    }
}
