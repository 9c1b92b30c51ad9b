using System.Text;
using Mapping.Functions;
using Mapping.Pipeline.Messages;

namespace Mapping.Connectors.Tests.SchemaRegistry;

public class JsonSchemaTests
{
    private const string Order = """{"$schema":"http://json-schema.org/draft-07/schema#","type":"object","required":["id"],"properties":{"id":{"type":"integer"},"tag":{"type":"string"},"on":{"type":["boolean","null"]},"lines":{"type":"array","items":{"$ref":"#/definitions/line"}}},"definitions":{"line":{"type":"object","properties":{"n":{"type":"number"}}}}}""";

    [Fact]
    public async Task Payloads_are_checked_and_left_as_they_are()
    {
        await using RegistryStub registry = await RegistryStub.StartAsync();
        int id = registry.Register("orders-value", Order, "JSON");
        byte[] body = """ {"id" : 1.0e0, "tag":"é"} """u8.ToArray();
        Message encoded = await SchemaRun.ProcessAsync($"schema_registry_encode: {{ url: \"{registry.Url}\", subject: orders-value }}", body);
        Assert.Equal(RegistryStub.Framed(id, body), encoded.Body.ToArray());
        Message decoded = await SchemaRun.ProcessAsync($"schema_registry_decode: {{ url: \"{registry.Url}\" }}", encoded.Body.ToArray());
        Assert.Null(decoded.Error);
        Assert.Equal(body, decoded.Body.ToArray());
    }

    [Theory]
    [InlineData("{}", "id is required")]
    [InlineData("not json", "does not fit")]
    public async Task What_does_not_fit_fails_both_ways(string body, string reason)
    {
        await using RegistryStub registry = await RegistryStub.StartAsync();
        int id = registry.Register("orders-value", Order, "JSON");
        Message failed = await SchemaRun.ProcessAsync($"schema_registry_decode: {{ url: \"{registry.Url}\" }}", RegistryStub.Framed(id, Encoding.UTF8.GetBytes(body)));
        Assert.Contains(reason, failed.Error!.Text);
        Assert.Equal(FailureKind.Permanent, failed.Error.Cause);
        Assert.Equal(RegistryStub.Framed(id, Encoding.UTF8.GetBytes(body)), failed.Body.ToArray());
        failed = await SchemaRun.ProcessAsync($"schema_registry_encode: {{ url: \"{registry.Url}\", subject: orders-value }}", Encoding.UTF8.GetBytes(body));
        Assert.NotNull(failed.Error);
        Assert.Equal(body, SchemaRun.Text(failed));
    }

    [Fact]
    public async Task References_lead_to_other_subjects()
    {
        await using RegistryStub registry = await RegistryStub.StartAsync();
        registry.Register("country", """{"$id":"http://x/country.json","enum":["DE","FR"]}""", "JSON");
        registry.Register("address", """{"type":"object","properties":{"in":{"$ref":"country.json"}}}""", "JSON", ("country.json", "country", 1));
        int id = registry.Register("t-value", """{"$schema":"http://json-schema.org/draft-07/schema#","properties":{"to":{"$ref":"address.json"},"at":{"$ref":"address.json#/properties/in"}}}""", "JSON", ("address.json", "address", 1));
        string processor = $"schema_registry_decode: {{ url: \"{registry.Url}\" }}";
        Assert.Null((await SchemaRun.ProcessAsync(processor, RegistryStub.Framed(id, """{"to":{"in":"DE"},"at":"FR"}"""u8))).Error);
        Assert.Contains("to.in", (await SchemaRun.ProcessAsync(processor, RegistryStub.Framed(id, """{"to":{"in":"IT"}}"""u8))).Error!.Text);
        Assert.Contains("at", (await SchemaRun.ProcessAsync(processor, RegistryStub.Framed(id, """{"at":"IT"}"""u8))).Error!.Text);
    }

    [Theory]
    [InlineData("""{"id":"5","tag":7,"on":"true","lines":[{"n":"1.50"},{"n":2}]}""", """{"id":5,"tag":"7","on":true,"lines":[{"n":1.50},{"n":2}]}""")]
    [InlineData("""{"id":12345678901234567890,"tag":true,"on":null}""", """{"id":12345678901234567890,"tag":"true","on":null}""")]
    [InlineData("""{"id":"x"}""", null)]
    [InlineData("""{"id":"1.5"}""", null)]
    public async Task Values_are_converted_where_that_is_asked_for(string body, string? expected)
    {
        await using RegistryStub registry = await RegistryStub.StartAsync();
        int id = registry.Register("orders-value", Order, "JSON");
        Message decoded = await SchemaRun.ProcessAsync($"schema_registry_decode: {{ url: \"{registry.Url}\", json: {{ coerce_data: true }} }}", RegistryStub.Framed(id, Encoding.UTF8.GetBytes(body)));
        Assert.Equal(expected is null, decoded.Error is not null);
        if (expected is not null)
        {
            Assert.Equal(expected, SchemaRun.Text(decoded));
        }
    }

    [Fact]
    public async Task Without_the_method_that_checks_payloads_pass_and_the_log_says_so()
    {
        await using RegistryStub registry = await RegistryStub.StartAsync();
        int id = registry.Register("orders-value", Order, "JSON");
        var run = new SchemaRun { Environment = MappingEnvironment.Full };
        await run.RunAsync($"pipeline: {{ processors: [ schema_registry_decode: {{ url: \"{registry.Url}\" }} ] }}\n", new Batch(new Message(RegistryStub.Framed(id, "{}"u8))));
        Assert.Equal("{}", SchemaRun.Text(Assert.Single(run.Written)));
        Assert.Contains("json_schema", run.Log);
    }

    [Fact]
    public async Task A_schema_that_cannot_be_read_is_told_apart()
    {
        await using RegistryStub registry = await RegistryStub.StartAsync();
        int id = registry.Register("t-value", """{"type":5}""", "JSON");
        Message failed = await SchemaRun.ProcessAsync($"schema_registry_decode: {{ url: \"{registry.Url}\" }}", RegistryStub.Framed(id, "1"u8));
        Assert.Equal("\"invalid_schema\"", SchemaRun.Metadata(failed, "schema_error"));
    }
}
