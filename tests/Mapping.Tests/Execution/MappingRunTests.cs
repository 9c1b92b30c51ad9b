using System.Buffers;
using System.Text;
using Mapping.Execution;
using Mapping.Functions;

namespace Mapping.Tests.Execution;

/// <summary>A run keeps its context from message to message; none of them sees that.</summary>
public class MappingRunTests
{
    private const string Text = """
        map half {
          root = if this.number() > 90 { throw("too much") } else { this.number() / 2 }
        }
        let seen = this.seen
        root = match this.do {
          "drop" => deleted(),
          "keep" => nothing(),
          "half" => this.value.apply("half"),
          "nested" => this.value.bloblang("root = this + 1"),
          "index" => "%v of %v".format(batch_index(), batch_size()),
          _ => {"value": this.value, "var": $seen | "unset", "meta": @kind | "none"},
        }
        meta kind = this.kind | deleted()
        """;

    private static readonly string[] Documents =
    [
        """{"value":1,"kind":"a","seen":true}""", """{"value":2}""", """{"do":"half","value":95,"kind":"b"}""", """{"do":"half","value":8}""", """{"do":"drop","kind":"c"}""",
        """{"do":"keep"}""", "no JSON", """{"do":"nested","value":4}""", """{"do":"index"}""", """{"value":"a\"b\u00e9"}""", "[]", """{"value":3}""",
    ];

    [Theory]
    [InlineData("Interpreter", false)]
    [InlineData("Interpreter", true)]
    [InlineData("Compiled", false)]
    [InlineData("Compiled", true)]
    public void Every_message_gives_what_it_gives_alone(string tier, bool mutation)
    {
        CompiledMapping mapping = MappingEnvironment.Full.WithTier(Enum.Parse<Tier>(tier)).Compile(Text);
        var run = new MappingRun(mapping);
        var random = new Random(4);
        for (int i = 0; i < 300; i++)
        {
            string[] bodies = random.GetItems(Documents, random.Next(1, 4));
            int index = random.Next(bodies.Length);
            string expected = Seen(mapping, bodies, index, mutation, mapping.Run);
            Assert.Equal(expected, Seen(mapping, bodies, index, mutation, run.Map));
            if (random.Next(5) == 0)
            {
                Assert.Throws<IOException>(() => run.Map([new Message("{\"value\":1}"u8.ToArray())], 0, new BrokenWriter(), OutputForm.Message, mutation: false, out _));
            }
        }
    }

    private delegate MappingOutcome Runner(IReadOnlyList<Message> batch, int index, IBufferWriter<byte> output, OutputForm form, bool mutation, out MappingError? error);

    private static string Seen(CompiledMapping mapping, string[] bodies, int index, bool mutation, Runner run)
    {
        Message[] batch = Array.ConvertAll(bodies, static b => new Message(Encoding.UTF8.GetBytes(b)));
        var output = new ArrayBufferWriter<byte>();
        MappingOutcome outcome = run(batch, index, output, OutputForm.Message, mutation, out MappingError? error);
        return $"{outcome} {Encoding.UTF8.GetString(output.WrittenSpan)} {error?.Text} {batch[index].GetMetadata("kind")} {mapping.IsCompiled}";
    }

    private sealed class BrokenWriter : IBufferWriter<byte>
    {
        public void Advance(int count) => throw new IOException();

        public Memory<byte> GetMemory(int sizeHint = 0) => throw new IOException();

        public Span<byte> GetSpan(int sizeHint = 0) => throw new IOException();
    }
}
