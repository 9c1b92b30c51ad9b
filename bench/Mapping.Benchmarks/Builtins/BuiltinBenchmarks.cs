using System.Text;
using BenchmarkDotNet.Attributes;
using Mapping.Execution;

namespace Mapping.Benchmarks.Builtins;

/// <summary>
/// Builtins as mappings call them. An operation is a document; what reading it and writing a result take by themselves is
/// the row of <c>(none)</c>.
/// </summary>
[MemoryDiagnoser]
public class BuiltinBenchmarks
{
    private static readonly Dictionary<string, string> Calls = new()
    {
        ["(none)"] = "this.s",
        ["lowercase"] = "this.s.lowercase()",
        ["trim"] = "this.s.trim()",
        ["replace_all"] = "this.s.replace_all(\"o\", \"0\")",
        ["split, join"] = "this.s.split(\" \").join(\"-\")",
        ["re_replace_all"] = "this.s.re_replace_all(\"[aeiou]+\", \"$0.\")",
        ["hash, encode"] = "this.s.hash(\"sha256\").encode(\"hex\")",
        ["time layouts"] = "this.t.ts_strptime(\"%Y-%m-%d %H:%M:%S\").ts_format(\"2006-01-02T15:04:05Z07:00\")",
        ["parse_json"] = "this.j.parse_json()",
        ["format_json"] = "this.o.format_json()",
        ["map_each"] = "this.a.map_each(n -> n + 1)",
        ["filter"] = "this.a.filter(n -> n > 4)",
        ["sort_by"] = "this.a.sort_by(n -> -n)",
        ["fold"] = "this.a.fold(0, f -> f.tally + f.value)",
        ["merge"] = "this.o.merge({\"c\": 3})",
        ["key_values"] = "this.o.key_values()",
    };

    private static readonly byte[] Document = Encoding.UTF8.GetBytes(
        """
        {"s":" The quick brown Fox jumps over the lazy Dog ","t":"2026-05-11 04:55:56","j":"{\"k\":[1,2,{\"l\":null}]}","o":{"a":1,"b":{"x":"y"}},"a":[5,3,8,1,9,2,7,4,6,0]}
        """);

    private Worker? worker;

    [ParamsSource(nameof(Names))]
    public string Builtin { get; set; } = "";

    public static IEnumerable<string> Names => Calls.Keys;

    [GlobalSetup]
    public void Setup() => worker = Worker.Of($"root = {Calls[Builtin]}", Tier.Compiled);

    [Benchmark]
    public int Call() => worker!.Run(Document);
}
