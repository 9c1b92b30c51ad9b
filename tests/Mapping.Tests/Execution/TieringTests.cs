using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text;
using Mapping.Execution;

namespace Mapping.Tests.Execution;

/// <summary>When a mapping changes its tier, and what is left of it when it is dropped.</summary>
public class TieringTests
{
    private static readonly byte[] Document = Encoding.UTF8.GetBytes("""{"a":[1,2,3,4,5,6,7,8],"b":"text"}""");

    [Fact]
    public void A_mapping_is_interpreted_at_first_and_compiled_once_it_is_hot()
    {
        CompiledMapping mapping = MappingEnvironment.Restricted.Compile("root.sum = this.a.map_each(x -> x * 2).sum()\nroot.b = this.b.uppercase()");
        Assert.False(mapping.IsCompiled);
        for (long deadline = Environment.TickCount64 + 60_000; !mapping.IsCompiled && Environment.TickCount64 < deadline;)
        {
            Assert.Equal("""{"sum":72,"b":"TEXT"}""", Run(mapping));
        }

        Assert.True(mapping.IsCompiled);
        Assert.Equal("""{"sum":72,"b":"TEXT"}""", Run(mapping));
    }

    [Fact]
    public void The_interpreter_stays_when_it_was_asked_for()
    {
        CompiledMapping mapping = MappingEnvironment.Restricted.WithTier(Tier.Interpreter).Compile("root = this.b");
        for (int i = 0; i < 10_000; i++)
        {
            Run(mapping);
        }

        Assert.False(mapping.IsCompiled);
    }

    [Fact]
    public async Task A_mapping_too_large_or_too_deep_for_one_method_runs_all_the_same()
    {
        string wide = "root = this.a.0" + string.Concat(Enumerable.Repeat(" + 1", 50_000));
        string many = string.Concat(Enumerable.Range(0, 800).Select(i => $"let v{i} = this.a.0 + {i}\nroot.k{i} = $v{i}\n"));
        string deep = "root.x = " + string.Concat(Enumerable.Range(0, 40).Select(i => $"[[1].map_each(e{i} -> ")) + "1" + string.Concat(Enumerable.Repeat(")]", 40));
        foreach (string text in (string[])[wide, many, deep, wide + "\nroot.y = this.b"])
        {
            string expected = await Task.Run(() => Run(MappingEnvironment.Restricted.WithTier(Tier.Interpreter).Compile(text)));
            string actual = await Task.Run(() => Run(MappingEnvironment.Restricted.WithTier(Tier.Compiled).Compile(text)));
            Assert.Equal(expected, actual);
        }
    }

    [Fact]
    public async Task Recursion_through_compiled_code_ends_with_the_error_of_the_limit()
    {
        string queries = string.Concat(Enumerable.Range(0, 20).Select(i => $"this.map(e{i} -> ")) + "this.apply(\"m\")" + new string(')', 20);
        string text = $"map m {{\n  root = {queries}\n}}\nroot = this.apply(\"m\")";
        string outcome = await Task.Run(() => Run(MappingEnvironment.Restricted.WithTier(Tier.Compiled).Compile(text)));
        Assert.Contains("exceeded the limit of 5000 nested map calls", outcome, StringComparison.Ordinal);
    }

    [Fact]
    public void Dropped_mappings_leave_nothing_behind()
    {
        var dropped = new List<WeakReference>();
        for (int i = 0; i < 200 * TestScale.Factor; i++)
        {
            dropped.Add(CompileAndRun(i));
        }

        for (int i = 0; i < 10 && dropped.Exists(d => d.IsAlive); i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        // The last one may still be seen from a register of this thread.
        Assert.InRange(dropped.Count(d => d.IsAlive), 0, 1);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference CompileAndRun(int i)
    {
        CompiledMapping mapping = MappingEnvironment.Restricted.WithTier(Tier.Compiled).Compile($"root.n = this.a.filter(x -> x > {i}).length()\nroot.m{i} = this.b + \"{i}\"");
        Assert.True(mapping.IsCompiled);
        Assert.StartsWith("{", Run(mapping), StringComparison.Ordinal);
        return new WeakReference(mapping);
    }

    private static string Run(CompiledMapping mapping)
    {
        var output = new ArrayBufferWriter<byte>();
        return mapping.Run(Document, output, out MappingError? error) == MappingOutcome.Failed ? error!.Text : Encoding.UTF8.GetString(output.WrittenSpan);
    }
}
