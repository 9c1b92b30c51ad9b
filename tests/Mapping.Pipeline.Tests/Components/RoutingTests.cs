namespace Mapping.Pipeline.Tests.Components;

/// <summary>Checks of the output switch that ask for the schema of a message.</summary>
public class RoutingTests
{
    private const string Document = """{"id":1,"schema_id":null,"list":[{"schema_subject":"inner"}],"o":{}}""";

    [Theory]
    [InlineData("this.schema_subject == \"meta\"", Document)]
    [InlineData("schema_subject == \"meta\"", Document)]
    [InlineData("this.schema_subject.uppercase() == \"META\"", Document)]
    [InlineData("this.schema_id == 7", Document)]
    [InlineData("this.schema_version.more == 2", Document)]
    [InlineData("(this.schema_subject | \"none\") == \"meta\"", Document)]
    [InlineData("match this.schema_subject { \"meta\" => true, _ => false }", Document)]
    [InlineData("this.schema_subject == \"meta\"", "not json")]
    [InlineData("this.schema_subject == \"meta\"", "7")]
    [InlineData("this.schema_subject == \"own\"", """{"schema_subject":"own"}""")]
    [InlineData("this.list.all(e -> e.schema_subject == \"inner\")", Document)]
    [InlineData("this.o.schema_subject == null", Document)]
    [InlineData("this.o.(schema_subject) == null", Document)]
    [InlineData("this.kafka_topic == null && @kafka_topic == \"t\"", Document)]
    public async Task Fields_of_the_schema_that_the_document_lacks_are_read_from_the_metadata(string check, string document)
    {
        PipelineTest.Outcome outcome = await PipelineTest.RunAsync(
            $$"""
            pipeline:
              processors:
                - mapping: |
                    meta schema_subject = "meta"
                    meta schema_id = 7
                    meta schema_version = {"more":2}
                    meta kafka_topic = "t"
            output:
              switch:
                strict_mode: true
                cases:
                  - check: '{{check}}'
                    output: { stdout: {} }
                  - output: { drop: {} }
            """,
            document + "\n");
        Assert.True(outcome.Lines is [var line] && line == document, outcome.Log);
    }

    [Fact]
    public async Task Nowhere_else() => Assert.Equal(
        ["null"],
        (await PipelineTest.RunAsync("""
            pipeline:
              processors:
                - mapping: |
                    meta schema_subject = "meta"
                - mapping: root = this.schema_subject
            """, "{}\n")).Lines);
}
