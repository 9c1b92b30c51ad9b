using BenchmarkDotNet.Attributes;
using Mapping.Execution;
using Mapping.Text;

namespace Mapping.Benchmarks.Compiling;

/// <summary>How long a mapping of 30 lines takes from its text to its first result, against parsing it only.</summary>
[MemoryDiagnoser]
public class CompileLatencyBenchmarks
{
    private readonly string mapping = Resources.Mapping("thirty_lines");
    private readonly ArraySegment<byte> document = Resources.Documents("event")[0];

    [Benchmark(Baseline = true)]
    public object Parse() => Found(MappingEnvironment.Parse(new SourceText(mapping), out _));

    [Benchmark]
    public object Bind() => Found(MappingEnvironment.Restricted.Bind(new SourceText(mapping), out _));

    [Benchmark]
    public int FirstResultInterpreted() => Worker.Of(mapping, Tier.Interpreter).Run(document);

    [Benchmark]
    public int FirstResultCompiled() => Worker.Of(mapping, Tier.Compiled).Run(document);

    private static T Found<T>(T? made)
        where T : class => made ?? throw new InvalidOperationException("the mapping is invalid");
}
