using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text;
using Mapping.Execution;

namespace Mapping.Tests.Execution;

/// <summary>Tests that look at the memory of the whole process, and so run while no other does.</summary>
[CollectionDefinition(nameof(WholeProcess), DisableParallelization = true)]
public static class WholeProcess;

/// <summary>
/// A program that compiles mappings all day long, as a playground does, must not grow. <c>MAPPING_TEST_SCALE=10</c> makes it 10,000.
/// </summary>
[Collection(nameof(WholeProcess))]
public class DroppedMappingsTests
{
    private const int WarmUp = 200;

    /// <summary>Caches fill up and are emptied again; every mapping kept would weigh some 20 kB more.</summary>
    private const long MostGrowth = 4 * 1024 * 1024;

    private static readonly byte[] Document = Encoding.UTF8.GetBytes("""{"a":[1,2,3],"s":"2026-05-11 text"}""");

    [Fact]
    public void Interpreted_mappings_leave_no_memory_behind() => Verify(Tier.Interpreter, 1_000 * TestScale.Factor);

    [Fact]
    public void Compiled_mappings_leave_no_memory_behind() => Verify(Tier.Compiled, 300 * TestScale.Factor);

    private static void Verify(Tier tier, int count)
    {
        CompileAndDrop(tier, 0, WarmUp);
        long before = Remaining();
        CompileAndDrop(tier, WarmUp, count);
        Assert.InRange(Remaining() - before, long.MinValue, MostGrowth);
    }

    /// <summary>All texts differ, and so do their paths, variables, patterns and layouts.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void CompileAndDrop(Tier tier, int first, int count)
    {
        MappingEnvironment environment = MappingEnvironment.Restricted.WithTier(tier);
        var output = new ArrayBufferWriter<byte>();
        for (int i = first; i < first + count; i++)
        {
            CompiledMapping mapping = environment.Compile($$"""
                map m{{i}} {
                  root.k{{i}} = this.s.re_replace_all("t{{i}}|[a-z]{2,{{2 + (i % 50)}}}", "$0")
                }
                let v{{i}} = this.a.filter(x{{i}} -> x{{i}} < {{i}}).map_each(x -> x + {{i}})
                root.o{{i}} = this.apply("m{{i}}")
                root.n = $v{{i}}.sum() + this.missing{{i}}.or({{i}})
                root.t = (this.s + " {{i}}").slice(0, 10).ts_parse("2006-01-02").ts_format("Jan 2 {{i}}")
                """);
            output.ResetWrittenCount();
            Assert.Equal(MappingOutcome.Mapped, mapping.Run(Document, output, out _));
        }
    }

    private static long Remaining()
    {
        for (int i = 0; i < 3; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        return GC.GetTotalMemory(forceFullCollection: true);
    }
}
