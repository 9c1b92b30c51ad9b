using System.Text.Json;
using Mapping.Testing;

namespace Mapping.Cli.Tests;

/// <summary>The figures of bench depend on the machine; what is counted and summed does not.</summary>
public sealed class BenchTests
{
    [Fact]
    public void All_figures_are_told()
    {
        JsonElement report = Measure("root = this", "{\"b\":1,\"a\":2}\n\n{\"a\":3}\n");
        Assert.Equal(2, report.GetProperty("documents").GetInt32());
        Assert.Equal(20, report.GetProperty("bytes").GetInt32());
        foreach (string name in new[] { "docs_per_s", "mb_per_s", "ns_per_doc", "cpu_ns_per_doc", "scan_ratio" })
        {
            Assert.True(report.GetProperty(name).GetDouble() > 0, name);
        }
    }

    [Fact]
    public void The_checksum_depends_neither_on_the_order_of_documents_nor_of_keys()
    {
        string one = Checksum("root = this", "{\"b\":1,\"a\":2}\n{\"a\":3}\n");
        Assert.Equal(one, Checksum("root = this", "{\"a\":3}\n{\"a\":2,\"b\":1}\n"));
        Assert.NotEqual(one, Checksum("root = this", "{\"a\":3}\n{\"a\":2,\"b\":2}\n"));
    }

    [Fact]
    public void The_checksum_of_one_result_is_its_xxhash64() =>
        Assert.Equal("44bc2cf5ad770999", Checksum("root = \"abc\"", "{}\n"));

    [Fact]
    public void Failed_and_deleted_documents_are_counted()
    {
        JsonElement report = Measure("root = if this.drop { deleted() } else { this.name.uppercase() }", "{\"drop\":true}\n{\"drop\":false,\"name\":1}\n", exit: 1);
        Assert.Equal(1, report.GetProperty("failed").GetInt32());
        Assert.Equal(1, report.GetProperty("deleted").GetInt32());
    }

    [Fact]
    public void A_mapping_that_makes_nothing_new_allocates_nothing()
    {
        string events = File.ReadAllText(Repository.PathOf("bench", "corpora", "event.ndjson"));
        Assert.Equal(0, Measure("root.id = this.user_id", events).GetProperty("alloc_per_doc").GetDouble());
    }

    [Fact]
    public void Documents_that_are_no_json_have_no_scan_ratio() =>
        Assert.Equal(JsonValueKind.Null, Measure("root = content()", "plain\n").GetProperty("scan_ratio").ValueKind);

    [Fact]
    public void Several_workers_measure_together() => Assert.True(Measure("root = this", "{}\n", 0, "-t", "2").GetProperty("ns_per_doc").GetDouble() > 0);

    private static string Checksum(string mapping, string documents) => Measure(mapping, documents).GetProperty("checksum").GetString()!;

    private static JsonElement Measure(string mapping, string documents, int exit = 0, params string[] more)
    {
        string path = Path.GetTempFileName();
        try
        {
            File.WriteAllText(path, mapping);
            Blobl.Outcome outcome = Blobl.Run(documents, ["bench", "-f", path, "-i", "-", "--seconds", "0.05", "--json", .. more]);
            Assert.Equal(string.Empty, outcome.Error);
            Assert.Equal(exit, outcome.ExitCode);
            return JsonDocument.Parse(outcome.Output).RootElement;
        }
        finally
        {
            File.Delete(path);
        }
    }
}
