using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Mapping.Cli.Bench;

/// <summary>Tells the figures of a bench, as a table or as one JSON object.</summary>
internal sealed record BenchReport(DocumentSet Documents, OutputSummary Output, Measurement Figures)
{
    private const double BytesPerMegabyte = 1e6;

    private double DocumentsPerSecond => 1e9 / Figures.Nanoseconds;

    private double MegabytesPerSecond => DocumentsPerSecond * Documents.Bytes / Documents.Count / BytesPerMegabyte;

    private string Checksum => Output.Checksum.ToString("x16", CultureInfo.InvariantCulture);

    public void WriteText(TextWriter output)
    {
        (string Name, string Text)[] lines =
        [
            ("documents", $"{Documents.Count}, {Documents.Bytes} bytes; {Output.Failed} failed, {Output.Deleted} deleted"),
            ("docs/s", Number(DocumentsPerSecond, "F0")),
            ("MB/s", Number(MegabytesPerSecond, "F1")),
            ("ns/doc", Number(Figures.Nanoseconds, "F1")),
            ("CPU ns/doc", Number(Figures.CpuNanoseconds, "F1")),
            ("bytes allocated/doc", Number(Figures.AllocatedBytes, "F2")),
            ("scan ratio", Figures.ScanRatio is { } ratio ? Number(ratio, "F3") : "none, the documents are not all JSON"),
            ("checksum", Checksum),
        ];
        int width = lines.Max(line => line.Name.Length);
        foreach ((string name, string text) in lines)
        {
            output.WriteLine($"{name.PadRight(width)}  {text}");
        }
    }

    public void WriteJson(TextWriter output)
    {
        var text = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(text))
        {
            json.WriteStartObject();
            json.WriteNumber("documents"u8, Documents.Count);
            json.WriteNumber("bytes"u8, Documents.Bytes);
            json.WriteNumber("failed"u8, Output.Failed);
            json.WriteNumber("deleted"u8, Output.Deleted);
            json.WriteNumber("docs_per_s"u8, Math.Round(DocumentsPerSecond));
            json.WriteNumber("mb_per_s"u8, Math.Round(MegabytesPerSecond, 2));
            json.WriteNumber("ns_per_doc"u8, Math.Round(Figures.Nanoseconds, 2));
            json.WriteNumber("cpu_ns_per_doc"u8, Math.Round(Figures.CpuNanoseconds, 2));
            json.WriteNumber("alloc_per_doc"u8, Math.Round(Figures.AllocatedBytes, 2));
            if (Figures.ScanRatio is { } ratio)
            {
                json.WriteNumber("scan_ratio"u8, Math.Round(ratio, 4));
            }
            else
            {
                json.WriteNull("scan_ratio"u8);
            }

            json.WriteString("checksum"u8, Checksum);
            json.WriteNumber("rounds"u8, Figures.Rounds);
            json.WriteEndObject();
        }

        output.WriteLine(Encoding.UTF8.GetString(text.WrittenSpan));
    }

    private static string Number(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
