using Avro;
using Avro.Generic;
using Avro.IO;
using Message = Mapping.Functions.Message;

namespace Mapping.Connectors.Tests.SchemaRegistry;

/// <summary>Payloads are made, and read back, by another implementation of Avro.</summary>
public class AvroTests
{
    private const string Everything = """
        {"type":"record","name":"Everything","namespace":"shop","fields":[
          {"name":"flag","type":"boolean"},
          {"name":"i","type":"int"},
          {"name":"l","type":"long"},
          {"name":"f","type":"float"},
          {"name":"d","type":"double"},
          {"name":"s","type":"string"},
          {"name":"b","type":"bytes"},
          {"name":"x","type":{"type":"fixed","name":"Two","size":2}},
          {"name":"e","type":{"type":"enum","name":"Colour","symbols":["RED","GREEN"]}},
          {"name":"a","type":{"type":"array","items":"long"}},
          {"name":"m","type":{"type":"map","values":"string"}},
          {"name":"u","type":["null","string","Two"]},
          {"name":"next","type":["null","Everything"],"default":null}]}
        """;

    private const string Typed = """{"flag":true,"i":-7,"l":9007199254740993,"f":0.1,"d":1e-7,"s":"é \"q\"","b":"\u0000ÿA","x":"ab","e":"GREEN","a":[1,-2],"m":{"k":"v"},"u":{"shop.Two":"cd"},"next":null}""";
    private const string Raw = """{"flag":true,"i":-7,"l":9007199254740993,"f":0.1,"d":1e-7,"s":"é \"q\"","b":"\u0000ÿA","x":"ab","e":"GREEN","a":[1,-2],"m":{"k":"v"},"u":"text","next":null}""";

    [Theory]
    [InlineData("", Typed)]
    [InlineData(", avro: { raw_unions: false }", Typed)]
    [InlineData(", avro: { raw_unions: true }", """{"flag":true,"i":-7,"l":9007199254740993,"f":0.1,"d":1e-7,"s":"é \"q\"","b":"\u0000ÿA","x":"ab","e":"GREEN","a":[1,-2],"m":{"k":"v"},"u":"cd","next":null}""")]
    [InlineData(", avro_raw_json: true", """{"flag":true,"i":-7,"l":9007199254740993,"f":0.1,"d":1e-7,"s":"é \"q\"","b":"\u0000ÿA","x":"ab","e":"GREEN","a":[1,-2],"m":{"k":"v"},"u":"cd","next":null}""")]
    public async Task Records_of_another_implementation_are_read(string fields, string expected)
    {
        await using RegistryStub registry = await RegistryStub.StartAsync();
        int id = registry.Register("orders-value", Everything);
        Message decoded = await SchemaRun.ProcessAsync($"schema_registry_decode: {{ url: \"{registry.Url}\"{fields} }}", RegistryStub.Framed(id, Record()));
        Assert.Null(decoded.Error);
        Assert.Equal(expected, SchemaRun.Text(decoded));
        Assert.Equal($"{id}", SchemaRun.Metadata(decoded, "schema_id"));
        Assert.Equal("\"orders-value\"", SchemaRun.Metadata(decoded, "schema_subject"));
        Assert.Equal("1", SchemaRun.Metadata(decoded, "schema_version"));
    }

    [Theory]
    [InlineData("avro: { raw_json: false }", Typed, "Two")]
    [InlineData("avro: { raw_json: true }", Raw, "text")]
    [InlineData("avro_raw_json: true", Raw, "text")]
    public async Task Another_implementation_reads_what_is_written(string fields, string body, string union)
    {
        await using RegistryStub registry = await RegistryStub.StartAsync();
        int id = registry.Register("orders-value", Everything);
        Message encoded = await SchemaRun.ProcessAsync($"schema_registry_encode: {{ url: \"{registry.Url}\", subject: orders-value, {fields} }}", System.Text.Encoding.UTF8.GetBytes(body));
        Assert.Null(encoded.Error);
        Assert.Equal(RegistryStub.Framed(id), encoded.Body[..5].ToArray());
        var schema = (RecordSchema)Schema.Parse(Everything);
        using var payload = new MemoryStream(encoded.Body[5..].ToArray());
        GenericRecord read = new GenericReader<GenericRecord>(schema, schema).Read(null!, new BinaryDecoder(payload));
        Assert.Equal(payload.Length, payload.Position);
        Assert.Equal((true, -7, 9007199254740993, 0.1f, 1e-7, "é \"q\""), ((bool)read["flag"], (int)read["i"], (long)read["l"], (float)read["f"], (double)read["d"], (string)read["s"]));
        Assert.Equal(new byte[] { 0, 0xFF, (byte)'A' }, (byte[])read["b"]);
        Assert.Equal("ab"u8.ToArray(), ((GenericFixed)read["x"]).Value);
        Assert.Equal("GREEN", ((GenericEnum)read["e"]).Value);
        Assert.Equal(new object[] { 1L, -2L }, (object[])read["a"]);
        Assert.Equal("v", ((IDictionary<string, object>)read["m"])["k"]);
        Assert.Equal(union, read["u"] is GenericFixed two ? two.Schema.Name : read["u"]);
        Assert.Null(read["next"]);
    }

    [Theory]
    [InlineData("false", """{"t":1700000000123,"u":-1,"d":19675,"n":"\u0003è","o":{"long.timestamp-micros":1700000000123456},"w":1000,"g":"x"}""")]
    [InlineData("true", """{"t":"2023-11-14T22:13:20.123Z","u":"1969-12-31T23:59:59.999999Z","d":"2023-11-14T00:00:00Z","n":10.00,"o":{"long.timestamp-micros":"2023-11-14T22:13:20.123456Z"},"w":1000,"g":"x"}""")]
    public async Task Logical_types_are_what_carries_them_or_preserved_and_both_forms_can_be_written(string preserve, string expected)
    {
        const string Schema = """
            {"type":"record","name":"T","fields":[
              {"name":"t","type":{"type":"long","logicalType":"timestamp-millis"}},
              {"name":"u","type":{"type":"long","logicalType":"timestamp-micros"}},
              {"name":"d","type":{"type":"int","logicalType":"date"}},
              {"name":"n","type":{"type":"bytes","logicalType":"decimal","precision":9,"scale":2}},
              {"name":"o","type":["null",{"type":"long","logicalType":"timestamp-micros"}]},
              {"name":"w","type":{"type":"int","logicalType":"time-millis"}},
              {"name":"g","type":{"type":"string","logicalType":"nobody-knows"}}]}
            """;
        await using RegistryStub registry = await RegistryStub.StartAsync();
        registry.Register("t-value", Schema);
        Message encoded = await SchemaRun.ProcessAsync($"schema_registry_encode: {{ url: \"{registry.Url}\", subject: t-value }}", System.Text.Encoding.UTF8.GetBytes(expected));
        Assert.Null(encoded.Error);
        Message decoded = await SchemaRun.ProcessAsync($"schema_registry_decode: {{ url: \"{registry.Url}\", avro: {{ preserve_logical_types: {preserve} }} }}", encoded.Body.ToArray());
        Assert.Null(decoded.Error);
        Assert.Equal(expected, SchemaRun.Text(decoded));

        // The same bytes whichever form they were written from: 10.00 is the integer 1000 in two bytes.
        Assert.Equal((byte)0x03, encoded.Body.Span[encoded.Body.Span.IndexOf((byte)0xE8) - 1]);
    }

    [Fact]
    public async Task Types_that_only_kafka_connect_names_are_translated_when_asked_for()
    {
        const string Schema = """
            {"type":"record","name":"T","fields":[
              {"name":"t","type":{"type":"long","connect.name":"io.debezium.time.MicroTimestamp"}},
              {"name":"d","type":{"type":"int","connect.name":"org.apache.kafka.connect.data.Date"}},
              {"name":"n","type":{"type":"bytes","connect.name":"org.apache.kafka.connect.data.Decimal","connect.parameters":{"scale":"3"}}}]}
            """;
        await using RegistryStub registry = await RegistryStub.StartAsync();
        int id = registry.Register("t-value", Schema);
        byte[] body = RegistryStub.Framed(id, 0x02, 0x02, 0x02, 0xFF);
        Message plain = await SchemaRun.ProcessAsync($"schema_registry_decode: {{ url: \"{registry.Url}\", avro: {{ preserve_logical_types: true }} }}", body);
        Assert.Equal("""{"t":1,"d":1,"n":"ÿ"}""", SchemaRun.Text(plain));
        Message translated = await SchemaRun.ProcessAsync($"schema_registry_decode: {{ url: \"{registry.Url}\", avro: {{ preserve_logical_types: true, translate_kafka_connect_types: true }} }}", body);
        Assert.Equal("""{"t":"1970-01-01T00:00:00.000001Z","d":"1970-01-02T00:00:00Z","n":-0.001}""", SchemaRun.Text(translated));
    }

    [Fact]
    public async Task Schemas_refer_to_others_that_refer_to_others()
    {
        await using RegistryStub registry = await RegistryStub.StartAsync();
        registry.Register("country", """{"type":"enum","name":"Country","namespace":"geo","symbols":["DE","FR"]}""");
        registry.Register("address", """{"type":"record","name":"Address","namespace":"geo","fields":[{"name":"in","type":"Country"}]}""", "AVRO", ("geo.Country", "country", 1));
        registry.Register("order-value", """{"type":"record","name":"Order","fields":[{"name":"to","type":"geo.Address"},{"name":"from","type":["null","geo.Country"],"default":null}]}""", "AVRO", ("geo.Address", "address", 1), ("geo.Country", "country", 1));
        Message encoded = await SchemaRun.ProcessAsync($"schema_registry_encode: {{ url: \"{registry.Url}\", subject: order-value }}", """{"to":{"in":"FR"}}"""u8.ToArray());
        Assert.Null(encoded.Error);
        Message decoded = await SchemaRun.ProcessAsync($"schema_registry_decode: {{ url: \"{registry.Url}\" }}", encoded.Body.ToArray());
        Assert.Equal("""{"to":{"in":"FR"},"from":null}""", SchemaRun.Text(decoded));
        Assert.Equal(2, registry.Requests.Count(static r => r == "GET /subjects/country/versions/1"));
    }

    [Theory]
    [InlineData("""{"n":1}""", "the field \"s\" is missing and has no default")]
    [InlineData("""{"n":"1","s":""}""", "n: expected an int, found string 1")]
    [InlineData("""{"n":3000000000,"s":""}""", "n: expected an int, found number 3000000000")]
    [InlineData("""{"n":1,"s":"","more":2}""", "the schema has no field \"more\"")]
    [InlineData("not json", "the body is no JSON document")]
    public async Task A_message_that_does_not_fit_keeps_its_body_and_fails_for_good(string body, string reason)
    {
        await using RegistryStub registry = await RegistryStub.StartAsync();
        registry.Register("t-value", """{"type":"record","name":"T","fields":[{"name":"n","type":"int"},{"name":"s","type":"string"}]}""");
        Message failed = await SchemaRun.ProcessAsync($"schema_registry_encode: {{ url: \"{registry.Url}\", subject: t-value }}", System.Text.Encoding.UTF8.GetBytes(body));
        Assert.Contains(reason, failed.Error!.Text);
        Assert.Equal(Pipeline.Messages.FailureKind.Permanent, failed.Error.Cause);
        Assert.Equal(body, SchemaRun.Text(failed));
        Assert.Equal("\"invalid_payload\"", SchemaRun.Metadata(failed, "schema_error"));
    }

    [Theory]
    [InlineData("""{"type":"array","items":"null"}""", new byte[] { 0xFE, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x01 }, "MiB")]
    [InlineData("""{"type":"record","name":"R","fields":[{"name":"r","type":"R"}]}""", new byte[] { }, "nests deeper")]
    [InlineData("\"string\"", new byte[] { 0xFE, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x01 }, "ends within")]
    [InlineData("\"string\"", new byte[] { 0x01 }, "negative length")]
    [InlineData("\"int\"", new byte[] { 0x02, 0x02 }, "goes on for 1 bytes")]
    [InlineData("""["null","int"]""", new byte[] { 0x04 }, "branch 2")]
    [InlineData("\"long\"", new byte[] { 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF }, "more than ten bytes")]
    public async Task Hostile_payloads_fail(string schema, byte[] payload, string reason)
    {
        await using RegistryStub registry = await RegistryStub.StartAsync();
        int id = registry.Register("t-value", schema);
        Message failed = await SchemaRun.ProcessAsync($"schema_registry_decode: {{ url: \"{registry.Url}\" }}", RegistryStub.Framed(id, payload));
        Assert.Contains(reason, failed.Error!.Text);
        Assert.Equal(RegistryStub.Framed(id, payload), failed.Body.ToArray());
    }

    [Fact]
    public async Task The_document_of_a_schema_can_be_rewritten_before_use()
    {
        await using RegistryStub registry = await RegistryStub.StartAsync();
        int id = registry.Register("t-value", """{"type":"record","name":"bad-name","fields":[{"name":"n","type":"int"}]}""");
        Message failed = await SchemaRun.ProcessAsync($"schema_registry_decode: {{ url: \"{registry.Url}\" }}", RegistryStub.Framed(id, 2));
        Assert.Equal("\"invalid_schema\"", SchemaRun.Metadata(failed, "schema_error"));
        Message decoded = await SchemaRun.ProcessAsync($"schema_registry_decode: {{ url: \"{registry.Url}\", avro: {{ mapping: 'root = this.assign({{\"name\":\"good\"}})' }} }}", RegistryStub.Framed(id, 2));
        Assert.Equal("""{"n":1}""", SchemaRun.Text(decoded));
    }

    private static byte[] Record()
    {
        var schema = (RecordSchema)Schema.Parse(Everything);
        var two = (FixedSchema)schema["x"].Schema;
        var record = new GenericRecord(schema);
        record.Add("flag", true);
        record.Add("i", -7);
        record.Add("l", 9007199254740993);
        record.Add("f", 0.1f);
        record.Add("d", 1e-7);
        record.Add("s", "é \"q\"");
        record.Add("b", new byte[] { 0, 0xFF, (byte)'A' });
        record.Add("x", new GenericFixed(two, "ab"u8.ToArray()));
        record.Add("e", new GenericEnum((EnumSchema)schema["e"].Schema, "GREEN"));
        record.Add("a", new object[] { 1L, -2L });
        record.Add("m", new Dictionary<string, object> { ["k"] = "v" });
        record.Add("u", new GenericFixed(two, "cd"u8.ToArray()));
        record.Add("next", null);
        using var payload = new MemoryStream();
        new GenericWriter<GenericRecord>(schema).Write(record, new BinaryEncoder(payload));
        return payload.ToArray();
    }
}
