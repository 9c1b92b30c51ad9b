using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Mapping.Pipeline.Config;

namespace Mapping.Pipeline.Graph;

/// <summary>The fields of an entry of <c>tests</c>.</summary>
internal static class TestShape
{
    private static readonly Field<string> Content = Fields.Text("content", "The body as text.").Optional();
    private static readonly Field<ConfigNode> JsonContent = Fields.Any("json_content", "The body as a value, written as JSON.").Optional();
    private static readonly Field<string> FileContent = Fields.Text("file_content", "A file with the body, relative to this one.").Optional();
    private static readonly Field<IReadOnlyList<KeyValuePair<string, ConfigNode>>> Metadata = Fields.Map("metadata", new AnyType(), "Metadata of the message.").Default("{}");

    private static readonly Shape<TestMessage> Message = new(
        [Content, JsonContent, FileContent, Metadata],
        read => new TestMessage(
            read.Get(Content),
            read.IsWritten(JsonContent) ? read.Get(JsonContent) : null,
            read.Get(FileContent),
            read.Get(Metadata)));

    private static readonly Field<CompiledMapping?> Holds = Fields.Mapping("bloblang", "Gives true.").Optional().Example("this.total > 0 && !errored()");
    private static readonly Field<string> ContentEquals = Fields.Text("content_equals", "The body is exactly this.").Optional();
    private static readonly Field<string> ContentMatches = Fields.Text("content_matches", "The body has a part that fits this regular expression (RE2).").Optional();
    private static readonly Field<string> FileEquals = Fields.Text("file_equals", "The body is exactly that of a file.").Optional();
    private static readonly Field<string> FileJsonContains = Fields.Text("file_json_contains", "The body has all that the JSON of a file has.").Optional();
    private static readonly Field<string> FileJsonEquals = Fields.Text("file_json_equals", "The body is the same JSON as that of a file.").Optional();
    private static readonly Field<ConfigNode> JsonContains = Fields.Any("json_contains", "The body has all of this; lists element by element.").Optional();
    private static readonly Field<ConfigNode> JsonEquals = Fields.Any("json_equals", "The body is the same JSON.").Optional();

    private static readonly Field<IReadOnlyList<KeyValuePair<string, ConfigNode>>> MetadataEquals =
        Fields.Map("metadata_equals", new AnyType(), "Metadata has these values; other metadata does not matter.").Optional();

    private static readonly FieldType<TestExpectation> Expectation = new PlacedType<TestExpectation>(
        new Shape<TestExpectation>(
            [Holds, ContentEquals, ContentMatches, MetadataEquals, FileEquals, FileJsonContains, FileJsonEquals, JsonContains, JsonEquals],
            read => new TestExpectation(
                read.Get(Holds),
                read.Get(ContentEquals),
                read.Get(ContentMatches),
                read.Get(MetadataEquals),
                read.Get(FileEquals),
                read.Get(FileJsonContains),
                read.Get(FileJsonEquals),
                read.Get(JsonContains),
                read.Get(JsonEquals))),
        static (value, node) => value with { Node = node });

    private static readonly Field<string> Name = Fields.Text("name", "As it is reported.");
    private static readonly Field<IReadOnlyList<KeyValuePair<string, string>>> Environment = Fields.Map("environment", Fields.TextValue, "Environment variables for this test.").Default("{}");
    private static readonly Field<string> TargetProcessors = Fields.Text(
        "target_processors",
        "What is run: a JSON pointer to a processor or a list of them, the label of a processor resource, or a file with a pointer, as in file.yaml#/pipeline/processors.").Default("/pipeline/processors");

    private static readonly Field<string> TargetMapping = Fields.Text("target_mapping", "A file with a mapping, run instead of processors; relative to this one.").Default("\"\"");

    private static readonly Field<IReadOnlyList<KeyValuePair<string, ConfigNode>>> Mocks =
        Fields.Map("mocks", new AnyType(), "Replaces processors by label, or any part of the configuration by JSON pointer.").Default("{}").Example("{ enrich: { mapping: root.user = \"ada\" } }");

    private static readonly Field<IReadOnlyList<TestMessage>> InputBatch = Fields.List("input_batch", Message, "The messages of one batch.").Default("[]");

    private static readonly Field<IReadOnlyList<IReadOnlyList<TestMessage>>> InputBatches =
        Fields.List("input_batches", new ListType<TestMessage>(Message), "Several batches, one after another.").Default("[]");

    private static readonly Field<IReadOnlyList<IReadOnlyList<TestExpectation>>> OutputBatches =
        Fields.List("output_batches", new ListType<TestExpectation>(Expectation), "What is to come out: batches of messages, each with what must hold for it.").Optional();

    public static FieldType<TestCase> Shape { get; } = new PlacedType<TestCase>(
        new Shape<TestCase>(
            [Name, Environment, TargetProcessors, TargetMapping, Mocks, InputBatch, InputBatches, OutputBatches],
            read => new TestCase(
                read.Get(Name),
                read.Get(Environment),
                read.Get(TargetProcessors),
                read.Get(TargetMapping),
                read.Get(Mocks),
                read.Get(InputBatch).Count > 0 ? [read.Get(InputBatch), .. read.Get(InputBatches)] : read.Get(InputBatches),
                read.Get(OutputBatches))),
        static (value, node) => value with { Node = node });

    /// <summary>An object that is to know where it was written.</summary>
    private sealed class PlacedType<T>(FieldType<T> inner, Func<T, MapNode, T> place) : FieldType<T>
    {
        public override string Name => inner.Name;

        public override IReadOnlyList<Field> Children => inner.Children;

        public override bool TryRead(ConfigNode node, ReadScope scope, string path, [MaybeNullWhen(false)] out T value)
        {
            bool valid = inner.TryRead(node, scope, path, out value);
            if (valid)
            {
                value = place(value!, node as MapNode ?? new MapNode(node.Source, node.Span, []));
            }

            return valid;
        }

        public override void WriteSchema(Utf8JsonWriter json) => inner.WriteSchema(json);
    }
}
