using System.Buffers;
using System.Text;
using System.Text.Json.Nodes;
using Mapping.Execution;

namespace Mapping.Tests.Facade;

/// <summary>What a document costs once contexts and buffers are there. Bounds are generous: a message per document would break them.</summary>
public class AllocationTests
{
    private const int Documents = 1_000;
    private const int MostPerDocument = 256;

    private static readonly byte[] Document =
        Encoding.UTF8.GetBytes("""{"id":7,"name":"Ada Lovelace","tags":["a","b","c"],"nested":{"price":12.5,"text":"with \n an escape"}}""");

    [Theory]
    [InlineData("root = this")]
    [InlineData("root.name = this.name.uppercase()\nroot.price = this.nested.price * 2")]
    [InlineData("root = this\nroot.nested.text = deleted()")]
    [InlineData("root = if this.id > 5 { deleted() }")]
    [InlineData("root.tags = this.tags.map_each(t -> t + \"!\")")]
    public void A_document_costs_little_more_than_its_output(string text)
    {
        foreach (Tier tier in new[] { Tier.Interpreter, Tier.Compiled })
        {
            CompiledMapping mapping = MappingEnvironment.Restricted.WithTier(tier).Compile(text);
            var output = new ArrayBufferWriter<byte>(4096);
            long perDocument = long.MaxValue;
            for (int round = 0; round < 5; round++)
            {
                long before = GC.GetAllocatedBytesForCurrentThread();
                for (int i = 0; i < Documents; i++)
                {
                    output.ResetWrittenCount();
                    mapping.Run(Document, output, out _);
                }

                perDocument = Math.Min(perDocument, (GC.GetAllocatedBytesForCurrentThread() - before) / Documents);
            }

            Assert.True(perDocument <= MostPerDocument, $"{tier}: {perDocument} bytes a document");
        }
    }

    [Fact]
    public void A_document_finds_nothing_of_the_one_before()
    {
        CompiledMapping setting = MappingEnvironment.Restricted.Compile("meta seen = this.id\nroot = @seen");
        CompiledMapping reading = MappingEnvironment.Restricted.Compile("root = [@seen, metadata(\"seen\"), errored(), batch_size(), content().string()]");
        Assert.Equal("7", Run(setting, """{"id":7}"""));
        Assert.Equal("[null,null,false,1,\"x\"]", Run(reading, "x"));
        Assert.Equal("error", Run(setting, "no json"));
        Assert.Equal("8", Run(setting, """{"id":8}"""));
    }

    [Fact]
    public void A_document_is_not_kept_alive_by_the_call_that_mapped_it()
    {
        WeakReference document = RunAndForget();
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        Assert.False(document.IsAlive);
    }

    [Fact]
    public void A_mapping_may_run_within_a_function_of_the_host()
    {
        CompiledMapping inner = MappingEnvironment.Restricted.Compile("root = {\"seen\": this.x, \"size\": content().length()}");
        CompiledMapping outer = MappingEnvironment.Restricted
            .WithMethod("inner", (string text) => JsonNode.Parse(Run(inner, text)))
            .Compile("root.before = this.id\nroot.inner = [this.a.inner(), this.b.inner()]\nroot.after = this.id\nroot.content = content().string().length()");
        const string Input = """{"id":1,"a":"{\"x\":2}","b":"{\"x\":[30]}"}""";
        for (int i = 0; i < 3; i++)
        {
            Assert.Equal(
                """{"before":1,"inner":[{"seen":2,"size":7},{"seen":[30],"size":10}],"after":1,"content":43}""",
                Run(outer, Input));
        }
    }

    [Fact]
    public void Threads_do_not_share_a_document()
    {
        CompiledMapping mapping = MappingEnvironment.Restricted.Compile("root.id = this.id\nroot.twice = content().string() + content().string()");
        Parallel.For(0, 20_000, i =>
        {
            string document = $$"""{"id":{{i}}}""";
            string expected = $$"""{"id":{{i}},"twice":"{\"id\":{{i}}}{\"id\":{{i}}}"}""";
            Assert.Equal(expected, Run(mapping, document));
        });
    }

    [Fact]
    public void An_output_that_fails_spoils_nothing()
    {
        CompiledMapping mapping = MappingEnvironment.Restricted.Compile("root = this.id");
        for (int i = 0; i < 10; i++)
        {
            Assert.Throws<NotSupportedException>(() => mapping.Run("""{"id":1}"""u8.ToArray(), new BrokenWriter(), out _));
            Assert.Equal("2", Run(mapping, """{"id":2}"""));
        }
    }

    [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
    private static WeakReference RunAndForget()
    {
        byte[] document = Encoding.UTF8.GetBytes("""{"a":{"b":[1,2,3]}}""");
        MappingEnvironment.Restricted.Compile("root = this.a\nroot.c = this.a.b").Run(document, new ArrayBufferWriter<byte>(), out _);
        return new WeakReference(document);
    }

    private static string Run(CompiledMapping mapping, string document)
    {
        var output = new ArrayBufferWriter<byte>();
        MappingOutcome outcome = mapping.Run(Encoding.UTF8.GetBytes(document), output, out _);
        return outcome == MappingOutcome.Failed ? "error" : Encoding.UTF8.GetString(output.WrittenSpan);
    }

    private sealed class BrokenWriter : IBufferWriter<byte>
    {
        public void Advance(int count) => throw new NotSupportedException();

        public Memory<byte> GetMemory(int sizeHint = 0) => throw new NotSupportedException();

        public Span<byte> GetSpan(int sizeHint = 0) => throw new NotSupportedException();
    }
}
