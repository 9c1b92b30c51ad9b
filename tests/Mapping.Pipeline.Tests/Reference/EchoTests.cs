using Mapping.Pipeline.Components;
using Mapping.Pipeline.Config;
using Mapping.Pipeline.Graph;
using Mapping.Pipeline.Reference;
using Mapping.Testing;

namespace Mapping.Pipeline.Tests.Reference;

public class EchoTests
{
    private const string Config = """
        input:
          label: in
          generate: { mapping: 'root.secret = "${TOKEN}"', interval: "" }
          processors:
            - mapping: |
                root = this
                root.a = "b: # c"
        pipeline:
          threads: ${THREADS:2}
          processors:
            - try:
                - log: { message: "a\tb 'c' \"d\"", level: debug }
            - switch:
                - check: this.a > 1
                  processors: [ { resource: shared } ]
        output: { file: { path: "yes" } }
        processor_resources: [ { label: shared, mapping: root = this } ]
        metrics:
          mapping: root = this
          prometheus: { push_basic_auth: { username: ${USER}, password: "${PASS}" } }
        http: { basic_auth: { enabled: true, username: a, password_hash: "${HASH:ZGVmYXVsdA==}" } }
        """;

    [Fact]
    public void It_shows_defaults_and_hides_secrets()
    {
        string echo = Echo.ToYaml(PipelineTest.Read(Config, Variables));
        Snapshot.Verify(echo);
        Assert.All(new[] { "pa55", "tok3n", "ZGVmYXVsdA==" }, secret => Assert.DoesNotContain(secret, echo));
    }

    [Theory]
    [InlineData("output: { safe: { password: pa55 } }")]
    [InlineData("output: { fallback: [ { drop: {} }, { try: { safe: { password: pa55 } } } ] }")]
    [InlineData("output: { switch: { cases: [ { output: { safe: { password: pa55 } } } ] } }")]
    [InlineData("output: { resource: a }\noutput_resources: [ { label: a, safe: { password: pa55 } } ]")]
    [InlineData("output: { type: safe, plugin: { password: pa55 } }")]
    public void A_secret_is_hidden_wherever_it_stands(string yaml)
    {
        Field<string> password = Fields.Text("password", "A test.").Secret();
        ComponentType safe = Component.Output("safe", "A test.", new Shape<string>([password], read => read.Get(password)), (_, _) => throw new NotSupportedException());
        string echo = Echo.ToYaml(PipelineTest.Read(yaml, null, safe));
        Assert.DoesNotContain("pa55", echo);
        Assert.Contains(Echo.Mask, echo);
    }

    [Fact]
    public void What_it_shows_means_the_same()
    {
        string once = Echo.ToYaml(PipelineTest.Read(Config, Variables));
        Assert.Equal(once, Echo.ToYaml(PipelineTest.Read(once, Variables)));
        Assert.Equal(Echo.ToJson(PipelineTest.Read(Config, Variables)), Echo.ToJson(PipelineTest.Read(once, Variables)));
    }

    private static string? Variables(string name) => name switch
    {
        "PASS" => "pa55",
        "TOKEN" => "tok3n",
        "USER" => "me",
        _ => null,
    };
}
