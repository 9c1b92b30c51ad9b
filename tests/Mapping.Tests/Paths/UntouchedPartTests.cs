using System.Buffers;
using System.Text;
using Mapping.Diagnostics;
using Mapping.Execution;
using Mapping.Functions;
using Mapping.Values;

namespace Mapping.Tests.Paths;

/// <summary>What a mapping does not touch it neither parses nor writes anew: seen by spelling, by identity and by what is accepted.</summary>
public class UntouchedPartTests
{
    /// <summary>Written anew, none of it would keep its spelling.</summary>
    private const string Spelled = "{ \"id\" : 7.0,\t\"name\":\"\\u0041da\",\n \"big\":1e2 , \"l\":[ 1.50 ] }";

    public static TheoryData<string> Tiers => ["Interpreter", "Compiled"];

    [Theory]
    [MemberData(nameof(Tiers))]
    public void A_mapping_that_only_filters_writes_nothing_anew(string tier)
    {
        CompiledMapping mapping = Compile("root = if this.id < 5 { deleted() }", tier);
        var message = new Message(Encoding.UTF8.GetBytes(Spelled));
        var output = new OneWriteOnly();
        Assert.Equal(MappingOutcome.Unchanged, mapping.Run([message], 0, output, out _));

        // All of the body at once, as it stands: a writer would have compacted it.
        Assert.Equal(Spelled, Assert.Single(output.Written));
        Assert.Equal(MappingOutcome.Deleted, mapping.Run([new Message("{\"id\":1}"u8.ToArray())], 0, output, out _));
        Assert.Single(output.Written);
    }

    [Theory]
    [MemberData(nameof(Tiers))]
    public void Filtering_costs_no_memory_per_byte(string tier)
    {
        CompiledMapping mapping = Compile("root = if this.id < 5 { deleted() }", tier);
        byte[] document = Encoding.UTF8.GetBytes($"{{\"id\":7,\"text\":\"{new string('x', 1_000_000)}\"}}");
        var output = new ArrayBufferWriter<byte>(2_000_000);
        mapping.Run(document, output, out _);
        output.ResetWrittenCount();
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Equal(MappingOutcome.Unchanged, mapping.Run(document, output, out _));
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 10_000);
        Assert.True(output.WrittenSpan.SequenceEqual(document));
    }

    [Theory]
    [InlineData("root = this", "this")]
    [InlineData("root = this.o", "this.o")]
    [InlineData("let v = this.o\nroot = $v.p", "this.o.p")]
    [InlineData("map m {\n  root = this.p\n}\nroot = this.o.apply(\"m\")", "this.o.p")]
    [InlineData("root = this.l.filter(e -> e.k == 1).index(0)", "this.l.0")]
    [InlineData("root = if this.o.n > 0 { this.l } else { this.o }", "this.l")]
    public void A_copy_is_the_part_of_the_input_itself(string text, string part)
    {
        foreach (Tier tier in new[] { Tier.Interpreter, Tier.Compiled })
        {
            var message = new Message("""{"o":{"n":1,"p":{"q":[1.0]}},"l":[{"k":1}]}"""u8.ToArray());
            EvaluationContext context = Evaluate(text, tier, message);
            message.TryGetDocument(out Value document);
            Value expected = part == "this" ? document : FieldPath.Parse(Encoding.UTF8.GetBytes(part["this.".Length..])).Read(document, context.Arena);
            Assert.True(expected.IsContainer && Value.AreSame(expected, context.Root), $"{tier}: {text}");
        }
    }

    [Fact]
    public void Around_a_change_the_text_is_copied_with_its_spelling()
    {
        const string Document = """{"a":1.0,"b":{"c":1e2,"d":"\u0041"},"e":[0.10,{"f":-0}]}""";
        Assert.Equal("""{"a":5,"b":{"c":1e2,"d":"\u0041"},"e":[0.10,{"f":-0}]}""", Run("root = this\nroot.a = 5", Document));
        Assert.Equal("""{"b":{"c":1e2},"e":[0.10,{"f":-0}]}""", Run("root = this.without(\"a\", \"b.d\")", Document));
        Assert.Equal("""{"x":{"c":1e2,"d":"\u0041"},"y":[{"f":-0}]}""", Run("root.x = this.b\nroot.y = this.e.filter(e -> e.f == 0)", Document));
    }

    [Theory]
    [InlineData("meta k = \"v\"")]
    [InlineData("meta k = @old.uppercase()")]
    [InlineData("let x = 5")]
    [InlineData("root = if @old == \"drop\" { deleted() }")]
    [InlineData("map m {\n  root = this\n}\nmeta k = \"x\".apply(\"m\")")]
    public void A_mapping_that_never_reads_this_never_parses(string text)
    {
        foreach (string tier in new[] { "Interpreter", "Compiled" })
        {
            CompiledMapping mapping = Compile(text, tier);
            foreach (string body in new[] { "not json", "{\"a\":", "", "\u0000\u0001", Spelled })
            {
                var message = new Message(Encoding.UTF8.GetBytes(body));
                message.SetMetadata("old", "value");
                var output = new ArrayBufferWriter<byte>();
                Assert.Equal(MappingOutcome.Unchanged, mapping.Run([message], 0, output, out MappingError? error));
                Assert.Null(error);
                Assert.Equal(body, Encoding.UTF8.GetString(output.WrittenSpan));
            }
        }
    }

    [Fact]
    public void The_raw_body_can_be_had_without_parsing()
    {
        Assert.Equal("NOT JSON", Run("root = content().string().uppercase()", "not json"));
        Assert.Equal("8", Run("root = content().length()", "not json"));
    }

    [Theory]
    [InlineData("root = this.a")]
    [InlineData("root.x = 1\nroot.y = this.a")]
    [InlineData("root = this.a.type()")]
    [InlineData("root = if @missing == \"x\" { 1 } else { this.a }")]
    [InlineData("meta k = this.a")]
    public void Once_this_is_read_all_of_the_document_is_validated(string text)
    {
        foreach (string tier in new[] { "Interpreter", "Compiled" })
        {
            CompiledMapping mapping = Compile(text, tier);
            foreach (string broken in new[] { "{\"a\":1,\"b\":tru}", "{\"a\":1,\"b\":[1,]}", "{\"a\":1} x", "{\"a\":1,\"b\":\"\\x\"}", "{\"a\":1,\"b\":01}", "{\"a\":1,\"b\":\"unclosed}" })
            {
                Assert.Equal(MappingOutcome.Failed, mapping.Run(Encoding.UTF8.GetBytes(broken), new ArrayBufferWriter<byte>(), out MappingError? error));
                Assert.Equal(DiagnosticCodes.UnreadableDocument, error!.Diagnostic.Code);
            }

            Assert.NotEqual(MappingOutcome.Failed, mapping.Run("{\"a\":1,\"b\":true}"u8.ToArray(), new ArrayBufferWriter<byte>(), out _));
        }
    }

    [Fact]
    public void Three_fields_are_read_without_decoding_the_rest()
    {
        byte[] document = Encoding.UTF8.GetBytes($$"""{"a":1,"b":{"c":"x"},"d":[{{string.Join(",", Enumerable.Repeat("\"an \\u0065scaped text\"", 20_000))}}],"e":3}""");
        CompiledMapping mapping = Compile("root.x = this.a + this.e\nroot.y = this.b.c.uppercase()", "Interpreter");
        var output = new ArrayBufferWriter<byte>(256);
        mapping.Run(document, output, out _);
        output.ResetWrittenCount();
        long before = GC.GetAllocatedBytesForCurrentThread();
        mapping.Run(document, output, out _);
        Assert.Equal("""{"x":4,"y":"X"}""", Encoding.UTF8.GetString(output.WrittenSpan));
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 10_000);
    }

    private static CompiledMapping Compile(string text, string tier) => MappingEnvironment.Restricted.WithTier(Enum.Parse<Tier>(tier)).Compile(text);

    private static string Run(string text, string document)
    {
        var output = new ArrayBufferWriter<byte>();
        MappingEnvironment.Restricted.Compile(text).Run(Encoding.UTF8.GetBytes(document), output, out MappingError? error);
        return error?.Text ?? Encoding.UTF8.GetString(output.WrittenSpan);
    }

    private static EvaluationContext Evaluate(string text, Tier tier, Message message)
    {
        MappingEnvironment environment = MappingEnvironment.Restricted;
        MappingProgram program = MappingProgram.Compile(environment.Bind(new Mapping.Text.SourceText(text), out _)!, tier);
        var context = new EvaluationContext();
        context.Begin(environment.Services, [message], 0, isMutation: false);
        Assert.Null(program.Run(context, out _));
        return context;
    }

    /// <summary>Keeps what is written in one go apart.</summary>
    private sealed class OneWriteOnly : IBufferWriter<byte>
    {
        private byte[] room = [];

        public List<string> Written { get; } = [];

        public void Advance(int count) => Written.Add(Encoding.UTF8.GetString(room, 0, count));

        public Memory<byte> GetMemory(int sizeHint = 0) => room = new byte[Math.Max(sizeHint, 4096)];

        public Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;
    }
}
