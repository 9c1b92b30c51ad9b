using Mapping.Pipeline.Graph;

namespace Mapping.Pipeline.Tests.Configuration;

public class VariableTests
{
    private static string? Read(string name) => name switch
    {
        "THREADS" => "3",
        "NAME" => "World",
        "EMPTY" => "",
        "KEY" => "stdout",
        "BASE64" => "aGVsbG8=",
        "NASTY" => "a: b\n- ${NAME}",
        _ => null,
    };

    private static async Task<string> MessageOf(string scalar)
    {
        PipelineTest.Outcome outcome = await PipelineTest.RunAsync($"pipeline:\n  processors:\n    - mapping: {scalar}\n", "{}\n", Read);
        return outcome.Output.TrimEnd('\n');
    }

    [Theory]
    [InlineData("'root = \"Hello ${NAME}\"'", "Hello World")]
    [InlineData("'root = \"${MISSING:a:b,c} ${EMPTY:default} ${NAME:unused}\"'", "a:b,c default World")]
    [InlineData("'root = \"[${MISSING:}]\"'", "[]")]
    [InlineData("'root = \"${{NAME}} ${{NAME:x}}\"'", "${NAME} ${NAME:x}")]
    [InlineData("'root = \"${BASE64|base64decode} ${MISSING:aGk=|base64decode}\"'", "hello hi")]
    [InlineData("'root = \"${} $NAME {NAME}\"'", "${} $NAME {NAME}")]
    [InlineData("'root = \"${MISSING:${NAME}}\"'", "${NAME}")]
    public async Task Variables_are_put_into_scalars(string scalar, string expected) => Assert.Equal(expected, await MessageOf(scalar));

    [Fact]
    public void A_scalar_that_is_only_a_variable_gets_the_type_of_its_value()
    {
        PipelineGraph graph = PipelineTest.Read("pipeline: { threads: ${THREADS} }\nlogger: { add_timestamp: ${MISSING:false} }\n", Read);
        Assert.Equal(3, graph.Processing.Threads);
        Assert.False(graph.Logger.AddTimestamp);
        Assert.Contains("expected an integer, found a string", PipelineTest.Lint(PipelineTest.Configured("pipeline: { threads: \"${THREADS}\" }\n", Read)));
    }

    [Fact]
    public void Keys_may_be_variables() => Assert.Equal("stdout", PipelineTest.Read("output: { ${KEY}: {} }\n", Read).Output.Type);

    [Fact]
    public void A_value_never_changes_the_structure_and_is_not_substituted_again()
    {
        PipelineGraph graph = PipelineTest.Read("logger: { static_fields: &f { a: \"${NASTY}\" } }\noutput: { drop: {} }\n", Read);
        Assert.Equal("a: b\n- ${NAME}", graph.Logger.StaticFields[0].Value);
    }

    [Fact]
    public void Raw_substitution_takes_part_in_the_yaml()
    {
        Graph.Configuration raw = PipelineTest.Configured("pipeline: { threads: ${THREADS} }\noutput: { ${MISSING:drop}: {} }\n", Read) with { SubstitutesRaw = true };
        PipelineGraph? graph = GraphReader.Read(Mapping.Pipeline.Components.StandardCatalogue.Instance, raw, out _);
        Assert.Equal(3, graph!.Processing.Threads);
        Assert.Equal("drop", graph.Output.Type);
    }

    [Fact]
    public void A_missing_one_can_be_overlooked()
    {
        Graph.Configuration lenient = PipelineTest.Configured("logger: { message_name: \"m${MISSING}\" }\n", Read) with { MayLackVariables = true };
        Assert.Empty(PipelineTest.Lint(lenient));
    }

    [Fact]
    public void A_mistake_behind_a_variable_is_shown_at_its_place()
    {
        string told = PipelineTest.Lint(PipelineTest.Configured("pipeline:\n  processors:\n    - mapping: 'root = \"${NAME}\".uppercse()'\n", Read));
        Assert.StartsWith("pipeline.yaml:3:34: error M204", told);
    }
}
