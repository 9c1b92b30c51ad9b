using System.Text.Json;
using BenchmarkDotNet.Attributes;

namespace Mapping.Benchmarks.Engine;

/// <summary>The mappings of the performance budget on their corpora, against reading the documents only. An operation is a document.</summary>
[MemoryDiagnoser]
public class EngineBenchmarks
{
    private ArraySegment<byte>[] documents = [];
    private Worker? worker;
    private int next;

    [ParamsSource(nameof(Workloads))]
    public string Mapping { get; set; } = "";

    [Params("interpreter", "compiled")]
    public string Tier { get; set; } = "";

    public static IEnumerable<string> Workloads =>
    [
        "identity", "event_edit", "event_project", "event_filter", "event_enrich", "order_lines", "cdc_flatten", "applog_parse", "wide_rename", "telemetry_stats",
    ];

    [GlobalSetup]
    public void Setup()
    {
        documents = Resources.Documents(CorpusOf(Mapping));
        worker = Worker.Of(Resources.Mapping(Mapping), Worker.TierOf(Tier));
    }

    [Benchmark(Baseline = true)]
    public int Scan()
    {
        var reader = new Utf8JsonReader(Next());
        int tokens = 0;
        while (reader.Read())
        {
            tokens++;
        }

        return tokens;
    }

    [Benchmark]
    public int Map() => worker!.Run(Next());

    internal static string CorpusOf(string mapping) => mapping == "identity" ? "event" : mapping[..mapping.IndexOf('_', StringComparison.Ordinal)];

    private ArraySegment<byte> Next()
    {
        next = next + 1 < documents.Length ? next + 1 : 0;
        return documents[next];
    }
}
