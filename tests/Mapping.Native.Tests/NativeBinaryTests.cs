using System.Text.Json;
using Mapping.Testing;

namespace Mapping.Native.Tests;

/// <summary>The native binary is another program than the one the other tests run: no generated code, and much trimmed away.</summary>
public sealed class NativeBinaryTests(NativeBinary blobl) : IClassFixture<NativeBinary>
{
    private const int FewestCases = 4000;

    [NativeFact]
    public void It_is_one_file() => Assert.Equal(["blobl"], blobl.PublishedFiles());

    [NativeFact]
    public void It_passes_the_conformance_suite()
    {
        Outcome outcome = blobl.Run(
            string.Empty, "conformance", Repository.PathOf("conformance", "language"), Repository.PathOf("conformance", "builtins"), "--json");
        Assert.True(outcome.ExitCode == 0, outcome.Output + outcome.Error);
        JsonElement report = JsonDocument.Parse(outcome.Output).RootElement;
        Assert.Equal(0, report.GetProperty("failed").GetInt32());
        Assert.True(report.GetProperty("passed").GetInt32() >= FewestCases, outcome.Output);
    }

    [NativeFact]
    public void It_answers_the_mappings_of_the_performance_budget()
    {
        Outcome outcome = blobl.Run(string.Empty, "conformance", Repository.PathOf("bench", "expected.jsonl"));
        Assert.True(outcome.ExitCode == 0, outcome.Output + outcome.Error);
    }

    [NativeFact]
    public void It_maps_on_several_threads_in_order()
    {
        string lines = string.Concat(Enumerable.Range(0, 50_000).Select(i => $"{{\"n\":{i}}}\n"));
        Outcome outcome = blobl.Run(lines, "exec", "-t", "4", "root = this.n");
        Assert.Equal(string.Concat(Enumerable.Range(0, 50_000).Select(i => $"{i}\n")), outcome.Output);
    }

    [NativeFact]
    public void It_says_what_it_lacks()
    {
        Outcome outcome = blobl.Run("{}", "exec", "root = this.json_schema(\"{}\")");
        Assert.Equal(3, outcome.ExitCode);
        Assert.Contains("error M228: method \"json_schema\" is not part of the native edition", outcome.Error, StringComparison.Ordinal);
    }

    [NativeFact]
    public void Its_other_commands_work()
    {
        Assert.Contains("method string.uppercase()", blobl.Run(string.Empty, "help", "uppercase").Output, StringComparison.Ordinal);
        Assert.Contains("map_each", blobl.Run(string.Empty, "list", "methods").Output, StringComparison.Ordinal);
        Assert.Contains("uppercase", blobl.Run(string.Empty, "print", "--ir", "root = this.a.uppercase()").Output, StringComparison.Ordinal);
        Assert.Contains("complete", blobl.Run(string.Empty, "completion", "bash").Output, StringComparison.Ordinal);
        Assert.Contains("A", blobl.Run("\"a\".uppercase()\n", "repl").Output, StringComparison.Ordinal);
        Outcome bench = blobl.Run(
            string.Empty, "bench", "-f", Repository.PathOf("bench", "mappings", "identity.blobl"), "-i", Repository.PathOf("bench", "corpora", "event.ndjson"), "--seconds", "0.05", "--json");
        Assert.Equal(1000, JsonDocument.Parse(bench.Output).RootElement.GetProperty("documents").GetInt32());
    }
}
