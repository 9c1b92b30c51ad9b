using System.IO.Compression;
using System.Text;
using K4os.Compression.LZ4.Streams;
using Mapping.Pipeline.Components.Formats;
using Mapping.Pipeline.Components.Scanners;
using Mapping.Pipeline.Contracts;
using Mapping.Testing;
using Snappier;
using ZstdSharp;

namespace Mapping.Pipeline.Tests.Components;

public sealed class ScannerTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    private static async Task<List<(string Text, long? Position)>> CutAsync(IScanner scanner, Stream stream)
    {
        await using IScan scan = scanner.Open(stream, "test");
        var parts = new List<(string, long?)>();
        while (await scan.NextAsync(CancellationToken.None) is { } batch)
        {
            parts.Add((batch[0].Error is { } error ? "error: " + error.Text : Encoding.UTF8.GetString(batch[0].Body.Span), scan.Position));
        }

        return parts;
    }

    private static MemoryStream Text(string text) => new(Encoding.UTF8.GetBytes(text));

    private static CsvScanner Csv(string delimiter = ",", bool header = true, bool lazy = false, bool goesOn = false) => new(new CsvOptions(delimiter, header, lazy, goesOn));

    [Theory]
    [InlineData("", "")]
    [InlineData(" \n ", "")]
    [InlineData("1 2\n3", "1|2|3")]
    [InlineData("{\"a\":[1, 2]}[3]\"x\"null", "{\"a\":[1, 2]}|[3]|\"x\"|null")]
    public async Task Documents_follow_each_other(string text, string expected) => Assert.Equal(expected, string.Join('|', (await CutAsync(new JsonScanner(inArray: false), Text(text))).Select(p => p.Text)));

    [Theory]
    [InlineData("", "")]
    [InlineData("[]", "")]
    [InlineData(" [1, {\"a\":[]} ,[[2]], \"x\"]\n", "1|{\"a\":[]}|[[2]]|\"x\"")]
    public async Task Elements_of_an_array(string text, string expected) => Assert.Equal(expected, string.Join('|', (await CutAsync(new JsonScanner(inArray: true), Text(text))).Select(p => p.Text)));

    [Theory]
    [InlineData(true, "{}")]
    [InlineData(true, "[1] 2")]
    [InlineData(true, "[1,")]
    [InlineData(true, "[1")]
    [InlineData(false, "{} }")]
    [InlineData(false, "{\"a\":")]
    [InlineData(false, "tru")]
    public async Task Broken_json_is_an_error(bool inArray, string text) => await Assert.ThrowsAsync<InvalidDataException>(() => CutAsync(new JsonScanner(inArray), Text(text)));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task However_the_bytes_arrive_the_documents_are_the_same(bool inArray)
    {
        var random = new Random(13);
        for (int round = 0; round < 20 * TestScale.Factor; round++)
        {
            string[] documents = [.. Enumerable.Range(0, random.Next(0, 200)).Select(i => i % 5 == 0 ? $"{i * 1001}" : $"{{\"n\":{i},\"t\":[\"{new string('é', random.Next(0, 900))}\\\"]}}\"]}}")];
            string text = inArray ? $"[{string.Join(" , ", documents)}]" : string.Join("\n", documents);
            List<(string Text, long? Position)> cut = await CutAsync(new JsonScanner(inArray), new Trickle(Encoding.UTF8.GetBytes(text), random));
            Assert.Equal(documents, cut.Select(c => c.Text));
            if (!inArray)
            {
                long position = -1;
                Assert.Equal(documents.Select(d => (long?)(position += Encoding.UTF8.GetByteCount(d) + 1)), cut.Select(c => c.Position));
            }
        }
    }

    [Theory]
    [InlineData("a,b\n1,2\n\n3,\"x,\ny\"", "{\"a\":\"1\",\"b\":\"2\"}|{\"a\":\"3\",\"b\":\"x,\\ny\"}")]
    [InlineData("a,b\r\n\"1\"\"\",é\r\n", "{\"a\":\"1\\\"\",\"b\":\"é\"}")]
    [InlineData("a,b", "")]
    [InlineData("", "")]
    public async Task Records_become_objects(string text, string expected) => Assert.Equal(expected, string.Join('|', (await CutAsync(Csv(), Text(text))).Select(p => p.Text)));

    [Fact]
    public async Task Records_become_arrays_without_a_header() => Assert.Equal(["[\"a\",\"b\"]", "[\"1\",\"2\"]"], (await CutAsync(Csv(";", header: false), Text("a;b\n1;2\n"))).Select(p => p.Text));

    [Fact]
    public async Task Quotes_may_stand_within_fields_when_lazy() => Assert.Equal(["[\"a \\\"b\\\"\",\"x\\\"y\"]"], (await CutAsync(Csv(header: false, lazy: true), Text("a \"b\",\"x\"y\"\n"))).Select(p => p.Text));

    [Theory]
    [InlineData("a,b\n1\n2,3\n", "record 2 of the CSV text: it has 1 fields, the first record has 2")]
    [InlineData("a,b\n\"1\"x,2\n2,3\n", "record 2 of the CSV text: text follows the end of a quoted field")]
    [InlineData("a,b\n1\"x,2\n2,3\n", "record 2 of the CSV text: a quote stands in a field that is not quoted")]
    public async Task A_faulty_record_stops_or_stands_in_for_itself(string text, string error)
    {
        InvalidDataException thrown = await Assert.ThrowsAsync<InvalidDataException>(() => CutAsync(Csv(), Text(text)));
        Assert.StartsWith(error, thrown.Message, StringComparison.Ordinal);
        Assert.Equal(["error: " + error, "{\"a\":\"2\",\"b\":\"3\"}"], (await CutAsync(Csv(goesOn: true), Text(text))).Select(p => p.Text));
    }

    [Fact]
    public async Task However_the_bytes_arrive_the_records_are_the_same()
    {
        var random = new Random(17);
        for (int round = 0; round < 20 * TestScale.Factor; round++)
        {
            string[][] records = [.. Enumerable.Range(0, random.Next(1, 100)).Select(_ => Enumerable.Range(0, 3).Select(_ => string.Concat(Enumerable.Range(0, random.Next(1, 12)).Select(_ => "ab,\"\né"[random.Next(6)]))).ToArray())];
            string text = string.Concat(records.Select(r => string.Join(",", r.Select(f => $"\"{f.Replace("\"", "\"\"", StringComparison.Ordinal)}\"")) + (random.Next(2) == 0 ? "\r\n" : "\n")));
            List<(string Text, long?)> cut = await CutAsync(Csv(header: false), new Trickle(Encoding.UTF8.GetBytes(text), random));
            Assert.Equal(records, cut.Select(c => System.Text.Json.JsonSerializer.Deserialize<string[]>(c.Text)));
        }
    }

    [Fact]
    public async Task Records_are_numbered_and_a_cursor_waits_for_the_end_of_their_file()
    {
        string path = folder.Write("in.csv", "a\n1\n2\n");
        string yaml = $"input: {{ file: {{ paths: [ '{path}' ], scanner: {{ csv: {{}} }}, cursor: '{folder.PathOf("cursor")}' }} }}\npipeline: {{ threads: 1, processors: [ {{ mapping: root = this.merge(@.with(\"csv_row\")) }} ] }}\n";
        Assert.Equal(["{\"a\":\"1\",\"csv_row\":0}", "{\"a\":\"2\",\"csv_row\":1}"], (await PipelineTest.RunAsync(yaml)).Lines);
        Assert.Empty((await PipelineTest.RunAsync(yaml)).Lines);
    }

    public static TheoryData<string> Algorithms => ["gzip", "pgzip", "zlib", "flate", "snappy", "lz4", "zstd"];

    [Theory]
    [MemberData(nameof(Algorithms))]
    public async Task A_compressed_file_is_unpacked(string algorithm)
    {
        string text = string.Concat(Enumerable.Range(0, 20_000).Select(i => $"line {i}\n"));
        using (FileStream file = File.Create(folder.PathOf("in")))
        {
            using Stream packed = algorithm switch
            {
                "zlib" => new ZLibStream(file, CompressionMode.Compress),
                "flate" => new DeflateStream(file, CompressionMode.Compress),
                "snappy" => new SnappyStream(file, CompressionMode.Compress),
                "lz4" => LZ4Stream.Encode(file),
                "zstd" => new CompressionStream(file),
                _ => new GZipStream(file, CompressionMode.Compress),
            };
            packed.Write(Encoding.UTF8.GetBytes(text));
        }

        PipelineTest.Outcome outcome = await PipelineTest.RunAsync($"input: {{ file: {{ paths: [ '{folder.PathOf("in")}' ], scanner: {{ decompress: {{ algorithm: {algorithm}, into: {{ lines: {{}} }} }} }} }} }}\npipeline: {{ threads: 1 }}\n");
        Assert.Equal(text, outcome.Output);
    }

    /// <summary>Made with bzip2 of <c>hello hello hello\n</c>, twice, one stream behind the other.</summary>
    [Fact]
    public void Bzip2_streams_follow_each_other()
    {
        byte[] once = Convert.FromBase64String(Bzip2Sample);
        using var stream = new Bzip2Stream(new MemoryStream([.. once, .. once]));
        using var reader = new StreamReader(stream);
        Assert.Equal("hello hello hello\nhello hello hello\n", reader.ReadToEnd());
    }

    private const string Bzip2Sample = "QlpoOTFBWSZTWeW18wkAAARRAAAQQAACRKAAIbUYDAKQacKjC7kinChIctr5hIA=";

    /// <summary>Gives as few bytes as it likes.</summary>
    private sealed class Trickle(byte[] content, Random random) : MemoryStream(content)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(buffer.Length, random.Next(1, 700))], cancellationToken);
    }
}
