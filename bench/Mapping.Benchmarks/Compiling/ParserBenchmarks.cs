using BenchmarkDotNet.Attributes;
using Mapping.Text;

namespace Mapping.Benchmarks.Compiling;

/// <summary>Parsing, from one line to a thousand.</summary>
[MemoryDiagnoser]
public class ParserBenchmarks
{
    private string text = "";

    [Params(1, 30, 1_000)]
    public int Lines { get; set; }

    [GlobalSetup]
    public void Setup() => text = string.Concat(Enumerable.Range(0, Lines).Select(Statement));

    [Benchmark]
    public object Parse() => MappingEnvironment.Parse(new SourceText(text), out _) ?? throw new InvalidOperationException("the mapping is invalid");

    private static string Statement(int index) => (index % 4) switch
    {
        0 => $"root.field{index} = this.source.value{index}.uppercase().trim()\n",
        1 => $"root.total{index} = this.items.map_each(i -> i.price * i.qty).sum() + {index}\n",
        2 => $"root.status{index} = if this.age > {index} && this.level != \"debug\" {{ \"adult\" }} else {{ null }}\n",
        _ => $"let v{index} = {{\"a\": [1, 2.5, \"text {index}\"], \"b\": this.b | $v}}\n",
    };
}
