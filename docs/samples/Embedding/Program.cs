using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Mapping;
using Mapping.Diagnostics;
using Mapping.Functions;

// Compile once; the result is immutable and serves any number of threads.
MappingEnvironment environment = MappingEnvironment.Restricted
    .WithMethod("shout", (string text) => text.ToUpperInvariant() + "!")
    .WithFunction("answer", () => 42L);
CompiledMapping mapping = environment.Compile("""
    root.greeting = this.name.shout()
    root.answer = answer()
    meta greeted = this.name
    """);

// UTF-8 bytes in and out.
var output = new ArrayBufferWriter<byte>();
Show(mapping.Run("""{"name":"ada"}"""u8.ToArray(), output, out MappingError? error), Encoding.UTF8.GetString(output.WrittenSpan), error);

// Nodes of System.Text.Json.
Show(mapping.Run(new JsonObject { ["name"] = "grace" }, out JsonNode? node, out error), node?.ToJsonString(), error);

// A reader that stands in the middle of a longer text.
var reader = new Utf8JsonReader("""[{"name":"linus"},{"name":5}]"""u8);
reader.Read();
reader.Read();
output.ResetWrittenCount();
Show(mapping.Run(ref reader, output, out error), Encoding.UTF8.GetString(output.WrittenSpan), error);

// A failure tells the place in the mapping and the value at fault.
reader.Read();
Show(mapping.Run(ref reader, output, out error), null, error);

// Batches and metadata: the message functions see all messages of the batch.
CompiledMapping numbered = environment.Compile("""
    root.name = this.name
    root.place = "%d of %d".format(batch_index() + 1, batch_size())
    meta source = @source | "unknown"
    """);
Message[] batch = [new("""{"name":"a"}"""u8.ToArray()), new("""{"name":"b"}"""u8.ToArray())];
batch[1].SetMetadata("source", "sample");
for (int i = 0; i < batch.Length; i++)
{
    output.ResetWrittenCount();
    Show(numbered.Run(batch, i, output, out error), $"{Encoding.UTF8.GetString(output.WrittenSpan)} from {batch[i].GetMetadata("source")}", error);
}

// A mutation changes the document instead of building a new one.
CompiledMapping removal = environment.Compile("root.password = deleted()");
output.ResetWrittenCount();
Show(removal.Run([new("""{"user":"ada","password":"x"}"""u8.ToArray())], 0, output, out error, mutation: true), Encoding.UTF8.GetString(output.WrittenSpan), error);

// Texts of strangers: everything wrong with them is a diagnostic, and what reaches outside is not there.
if (!environment.TryCompile("root.home = env(\"HOME\")\nroot.n = this.name.uppercse()", out _, out IReadOnlyList<Diagnostic> diagnostics))
{
    Console.WriteLine(string.Join("\n", diagnostics));
}

static void Show(MappingOutcome outcome, string? body, MappingError? error) => Console.WriteLine($"{outcome}: {body}{error?.Diagnostic}");
