namespace Mapping.Extras.Tests.Schemas;

public class JsonSchemaTests
{
    [Theory]
    [InlineData("""{"type":["integer","null"]}""", "1.0", true)]
    [InlineData("""{"type":"integer"}""", "1.5", false)]
    [InlineData("""{"multipleOf":0.1}""", "0.3", true)]
    [InlineData("""{"multipleOf":0.1}""", "0.35", false)]
    [InlineData("""{"multipleOf":3}""", "1e30", false)]
    [InlineData("""{"minimum":9007199254740993}""", "9007199254740992", false)]
    [InlineData("""{"maximum":1e400}""", "1e399", true)]
    [InlineData("""{"enum":[1,true]}""", "1.0", true)]
    [InlineData("""{"const":false}""", "0", false)]
    [InlineData("""{"uniqueItems":true}""", "[1,true,\"1\"]", true)]
    [InlineData("""{"uniqueItems":true}""", "[{\"a\":1,\"b\":2},{\"b\":2,\"a\":1.0}]", false)]
    [InlineData("""{"contains":{"const":3}}""", "[1,3]", true)]
    [InlineData("""{"contains":{"const":3}}""", "[]", false)]
    [InlineData("""{"items":[{},false]}""", "[1]", true)]
    [InlineData("""{"items":[{},false]}""", "[1,2]", false)]
    [InlineData("""{"propertyNames":{"maxLength":2}}""", "{\"ab\":1}", true)]
    [InlineData("""{"if":{"type":"string"},"then":{"minLength":2},"else":{"minimum":5}}""", "\"a\"", false)]
    [InlineData("""{"if":{"type":"string"},"then":{"minLength":2},"else":{"minimum":5}}""", "6", true)]
    [InlineData("""{"dependencies":{"a":{"required":["b"]}}}""", "{\"a\":1}", false)]
    [InlineData("""{"oneOf":[{"minimum":1},{"minimum":2}]}""", "1", true)]
    [InlineData("""{"oneOf":[{"minimum":1},{"minimum":2}]}""", "2", false)]
    [InlineData("""{"format":"unheard-of"}""", "\"x\"", true)]
    [InlineData("""{"$ref":"#/definitions/a~1b","definitions":{"a/b":{"type":"string"}}}""", "1", false)]
    [InlineData("""{"items":{"$ref":"#item"},"definitions":{"x":{"$id":"#item","type":"string"}}}""", "[1]", false)]
    [InlineData("""{"$id":"http://x/a.json","items":{"$ref":"b.json"},"definitions":{"x":{"$id":"b.json","type":"string"}}}""", "[1]", false)]
    [InlineData("""{"properties":{"next":{"$ref":"#"}},"required":["v"]}""", "{\"v\":1,\"next\":{\"v\":2}}", true)]
    [InlineData("""{"properties":{"next":{"$ref":"#"}},"required":["v"]}""", "{\"v\":1,\"next\":{}}", false)]
    [InlineData("""{"$schema":"http://json-schema.org/draft-04/schema#","const":1}""", "2", true)]
    [InlineData("""{"$schema":"http://json-schema.org/draft-06/schema#","if":true,"then":false}""", "2", true)]
    [InlineData("""{"$schema":"http://json-schema.org/draft-07/schema#","if":true,"then":false}""", "2", false)]
    public void Keywords_decide(string schema, string document, bool isValid) => Assert.Equal(isValid, IsValid(schema, document));

    [Theory]
    [InlineData("email", "Ada <ada@example.com>", true)]
    [InlineData("email", "a..b@example.com", false)]
    [InlineData("hostname", "-x.example.com", false)]
    [InlineData("hostname", "x-1.example.com", true)]
    [InlineData("ipv4", "1.2.3.04", false)]
    [InlineData("ipv6", "1::2::3", false)]
    [InlineData("ipv6", "::ffff:1.2.3.4", true)]
    [InlineData("ipv6", "1:2:3:4:5:6:7:8", true)]
    [InlineData("ipv6", "1:2:3:4:5:6:7:8:9", false)]
    [InlineData("uri", "mailto:a@b.c", true)]
    [InlineData("uri", "http://a b/", false)]
    [InlineData("uri", "http://x:80y/", false)]
    [InlineData("uri-reference", "a%zz", false)]
    [InlineData("uri-reference", "../x?y#z", true)]
    [InlineData("uri-template", "http://x/{a}/{b", false)]
    [InlineData("uuid", "2eb8aa08-aa98-11ea-b4aa-73b441d16380", true)]
    [InlineData("uuid", "2EB8AA08-AA98-11EA-B4AA-73B441D16380", false)]
    [InlineData("json-pointer", "/a~2", false)]
    [InlineData("relative-json-pointer", "1/a", true)]
    [InlineData("relative-json-pointer", "01", false)]
    [InlineData("date-time", "2024-02-30T00:00:00Z", false)]
    [InlineData("date-time", "2024-02-29T23:59:59.5+05:30", true)]
    [InlineData("time", "23:59:60Z", false)]
    public void Formats_decide(string format, string text, bool isValid) => Assert.Equal(isValid, IsValid($"{{\"format\":\"{format}\"}}", $"\"{text}\""));

    [Theory]
    [InlineData("{\"type\":\"text\"}")]
    [InlineData("{\"required\":[\"a\",\"a\"]}")]
    [InlineData("{\"minLength\":-1}")]
    [InlineData("{\"minLength\":3,\"maxLength\":2}")]
    [InlineData("{\"multipleOf\":0}")]
    [InlineData("{\"enum\":[1,1.0]}")]
    [InlineData("{\"$ref\":\"#/nowhere\"}")]
    [InlineData("{\"$ref\":\"http://elsewhere/schema.json\"}")]
    [InlineData("{\"items\":5}")]
    [InlineData("{\"exclusiveMinimum\":true}")]
    [InlineData("{\"properties\":{\"a\":3}}")]
    [InlineData("3")]
    [InlineData("{} {}")]
    public void Broken_schemas_do_not_compile(string schema) =>
        Assert.Contains("json schema definition", Run.Refusal($"root = this.json_schema(\"\"\"{schema}\"\"\")"), StringComparison.Ordinal);

    [Fact]
    public void Every_violation_has_a_line() => Assert.EndsWith(
        "(root) b is required\na invalid type. expected: string, given: integer\n(root) additional property c is not allowed",
        Run.Mapping("root = this.json_schema(\"\"\"{\"required\":[\"b\"],\"properties\":{\"a\":{\"type\":\"string\"}},\"additionalProperties\":false}\"\"\")", """{"a":1,"c":2}"""),
        StringComparison.Ordinal);

    [Fact]
    public void Circles_end()
    {
        Assert.Contains("without end", Check("""{"allOf":[{"$ref":"#"}]}""", "1"), StringComparison.Ordinal);
        Assert.Contains("without end", Check("""{"$ref":"#/definitions/a","definitions":{"a":{"$ref":"#/definitions/b"},"b":{"$ref":"#/definitions/a"}}}""", "1"), StringComparison.Ordinal);
    }

    [Fact]
    public void Deep_documents_are_checked()
    {
        string deep = new string('[', 9000) + "1" + new string(']', 9000);
        Assert.Contains("invalid type. expected: array, given: integer", Check("""{"type":"array","items":{"allOf":[{"$ref":"#"}]}}""", deep), StringComparison.Ordinal);
    }

    [Fact]
    public void Deep_schemas_are_read()
    {
        string schema = string.Concat(Enumerable.Repeat("{\"items\":", 4000)) + "{}" + new string('}', 4000);
        Assert.Equal("[[1]]", Check(schema, "[[1]]"));
    }

    private static bool IsValid(string schema, string document) => !Check(schema, document).StartsWith("Error: ", StringComparison.Ordinal);

    private static string Check(string schema, string document) => Run.Mapping($"root = this.json_schema(\"\"\"{schema}\"\"\")", document);
}
