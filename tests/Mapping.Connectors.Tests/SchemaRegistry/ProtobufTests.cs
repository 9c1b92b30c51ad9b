using System.Text;
using Mapping.Functions;
using ProtoBuf;

namespace Mapping.Connectors.Tests.SchemaRegistry;

/// <summary>Payloads are made, and read back, by another implementation of protobuf where it knows the types.</summary>
public class ProtobufTests
{
    private const string Orders = """
        syntax = "proto3";
        package shop;
        import "google/protobuf/timestamp.proto";
        import "google/protobuf/wrappers.proto";
        import "google/protobuf/struct.proto";
        import "google/protobuf/duration.proto";
        import "google/protobuf/field_mask.proto";
        import "google/protobuf/any.proto";
        enum Colour { NONE = 0; RED = 1; }
        message Other { string other = 1; }
        message Order {
          message Line { string sku = 1; uint32 count = 2; }
          int64 order_id = 1;
          repeated Line lines = 2;
          map<string, double> prices = 3;
          Colour colour = 4;
          repeated sint32 deltas = 5;
          bytes raw = 6;
          optional int32 note = 7;
          oneof paid { string card = 8; bool cash = 9; }
          fixed64 big = 10;
          float ratio = 11;
        }
        message Known {
          google.protobuf.Timestamp at = 1;
          google.protobuf.Int64Value wrapped = 2;
          google.protobuf.Struct free = 3;
          google.protobuf.Duration took = 4;
          google.protobuf.FieldMask mask = 5;
          google.protobuf.Any any = 6;
          google.protobuf.Value value = 7;
          map<int32, Known> more = 8;
        }
        """;

    private const string OrderJson = """{"orderId":"9007199254740993","lines":[{"sku":"a","count":2},{"sku":"é"}],"prices":{"x":1.5},"colour":"RED","deltas":[-1,300],"raw":"/wA=","note":0,"cash":false,"big":"18446744073709551615","ratio":0.1}""";

    private static readonly Order Sample = new()
    {
        Id = 9007199254740993,
        Lines = [new Line { Sku = "a", Count = 2 }, new Line { Sku = "é" }],
        Prices = new() { ["x"] = 1.5 },
        Colour = 1,
        Deltas = [-1, 300],
        Raw = [0xFF, 0],
        Note = 0,
        Cash = false,
        Big = ulong.MaxValue,
        Ratio = 0.1f,
    };

    [Theory]
    [InlineData("{}", OrderJson)]
    [InlineData("{ use_proto_names: true, use_enum_numbers: true, serialize_to_json: false }", """{"order_id":9007199254740993,"lines":[{"sku":"a","count":2},{"sku":"é"}],"prices":{"x":1.5},"colour":1,"deltas":[-1,300],"raw":"/wA=","note":0,"cash":false,"big":18446744073709551615,"ratio":0.1}""")]
    public async Task Messages_of_another_implementation_are_read(string form, string expected)
    {
        await using RegistryStub registry = await RegistryStub.StartAsync();
        int id = registry.Register("orders-value", Orders, "PROTOBUF");
        Message decoded = await SchemaRun.ProcessAsync($"schema_registry_decode: {{ url: \"{registry.Url}\", protobuf: {form} }}", RegistryStub.Framed(id, [2, 2, .. Bytes(Sample)]));
        Assert.Null(decoded.Error);
        Assert.Equal(expected, SchemaRun.Text(decoded));
    }

    [Fact]
    public async Task Another_implementation_reads_what_is_written_as_the_first_type_that_fits()
    {
        await using RegistryStub registry = await RegistryStub.StartAsync();
        int id = registry.Register("orders-value", Orders, "PROTOBUF");
        Message encoded = await SchemaRun.ProcessAsync($"schema_registry_encode: {{ url: \"{registry.Url}\", subject: orders-value }}", Encoding.UTF8.GetBytes(OrderJson));
        Assert.Null(encoded.Error);
        Assert.Equal(RegistryStub.Framed(id, 2, 2), encoded.Body[..7].ToArray());
        Order read = Serializer.Deserialize<Order>(encoded.Body[7..]);
        Assert.Equal(Bytes(Sample), Bytes(read));

        // Nothing is written that says no more than its absence, so that both make the same bytes.
        Assert.Equal(Bytes(Sample), encoded.Body[7..].ToArray());
    }

    [Theory]
    [InlineData("emit_unpopulated: true", """{"orderId":"0","lines":[],"prices":{},"colour":"NONE","deltas":[],"raw":"","big":"0","ratio":0}""", """{"at":null,"wrapped":null,"free":null,"took":null,"mask":null,"any":null,"value":null,"more":{}}""")]
    [InlineData("emit_default_values: true", """{"orderId":"0","lines":[],"prices":{},"colour":"NONE","deltas":[],"raw":"","big":"0","ratio":0}""", """{"more":{}}""")]
    [InlineData("use_proto_names: true", "{}", "{}")]
    public async Task Fields_that_are_not_set_are_left_out_or_not(string form, string order, string known)
    {
        await using RegistryStub registry = await RegistryStub.StartAsync();
        int id = registry.Register("orders-value", Orders, "PROTOBUF");
        string processor = $"schema_registry_decode: {{ url: \"{registry.Url}\", protobuf: {{ {form} }} }}";
        Assert.Equal(order, SchemaRun.Text(await SchemaRun.ProcessAsync(processor, RegistryStub.Framed(id, 2, 2))));
        Assert.Equal(known, SchemaRun.Text(await SchemaRun.ProcessAsync(processor, RegistryStub.Framed(id, 2, 4))));
    }

    [Theory]
    [InlineData("""{"at":"2023-11-14T22:13:20.120Z"}""", "0A 0B 08 80 E2 CF AA 06 10 80 9C 9C 39")]
    [InlineData("""{"wrapped":"-1"}""", "12 0B 08 FF FF FF FF FF FF FF FF FF 01")]
    [InlineData("""{"wrapped":"0"}""", "12 00")]
    [InlineData("""{"free":{"a":[1.5,true,null]}}""", "1A 1C 0A 1A 0A 01 61 12 15 32 13 0A 09 11 00 00 00 00 00 00 F8 3F 0A 02 20 01 0A 02 08 00")]
    [InlineData("""{"took":"-1.500s"}""", "22 16 08 FF FF FF FF FF FF FF FF FF 01 10 80 B6 CA 91 FE FF FF FF FF 01")]
    [InlineData("""{"mask":"a.bC,d"}""", "2A 0A 0A 05 61 2E 62 5F 63 0A 01 64")]
    [InlineData("""{"any":{"@type":"type.googleapis.com/shop.Other","other":"x"}}""", "32 25 0A 1E 74 79 70 65 2E 67 6F 6F 67 6C 65 61 70 69 73 2E 63 6F 6D 2F 73 68 6F 70 2E 4F 74 68 65 72 12 03 0A 01 78")]
    [InlineData("""{"any":{"@type":"type.googleapis.com/google.protobuf.Duration","value":"1s"}}""", "32 32 0A 2C 74 79 70 65 2E 67 6F 6F 67 6C 65 61 70 69 73 2E 63 6F 6D 2F 67 6F 6F 67 6C 65 2E 70 72 6F 74 6F 62 75 66 2E 44 75 72 61 74 69 6F 6E 12 02 08 01")]
    [InlineData("""{"value":null}""", "3A 02 08 00")]
    [InlineData("""{"more":{"-5":{"value":"x"}}}""", "42 12 08 FB FF FF FF FF FF FF FF FF 01 12 05 3A 03 1A 01 78")]
    public async Task Well_known_types_have_their_own_form_in_json(string body, string payload)
    {
        await using RegistryStub registry = await RegistryStub.StartAsync();
        registry.Register("orders-value", Orders, "PROTOBUF");
        Message encoded = await SchemaRun.ProcessAsync($"schema_registry_encode: {{ url: \"{registry.Url}\", subject: orders-value }}", Encoding.UTF8.GetBytes(body));
        Assert.Null(encoded.Error);
        Assert.Equal(payload, BitConverter.ToString(encoded.Body[7..].ToArray()).Replace('-', ' '));
        Message decoded = await SchemaRun.ProcessAsync($"schema_registry_decode: {{ url: \"{registry.Url}\" }}", encoded.Body.ToArray());
        Assert.Null(decoded.Error);
        Assert.Equal(body, SchemaRun.Text(decoded));
    }

    [Fact]
    public async Task Fields_come_in_any_order_the_last_of_a_oneof_counts_and_parts_of_a_message_are_merged()
    {
        await using RegistryStub registry = await RegistryStub.StartAsync();
        int id = registry.Register("t-value", """
            syntax = "proto3";
            message T { message P { int32 a = 1; int32 b = 2; } P p = 1; oneof o { string s = 2; int32 i = 3; } repeated int32 n = 4; }
            """, "PROTOBUF");
        byte[] payload =
        [
            0, // the path of the first type
            0x22, 2, 1, 2, // n: packed 1, 2
            0x12, 1, (byte)'x', // s: "x"
            0x0A, 2, 0x08, 1, // p: a 1
            0x9B, 0x06, 0x22, 0, 0x9C, 0x06, // a group of the unknown field 99
            0x18, 5, // i: 5
            0x0A, 4, 0x10, 2, 0x08, 3, // p: b 2, a 3
            0x20, 3, // n: 3
        ];
        Message decoded = await SchemaRun.ProcessAsync($"schema_registry_decode: {{ url: \"{registry.Url}\" }}", RegistryStub.Framed(id, payload));
        Assert.Null(decoded.Error);
        Assert.Equal("""{"p":{"a":3,"b":2},"i":5,"n":[1,2,3]}""", SchemaRun.Text(decoded));
    }

    [Fact]
    public async Task The_path_leads_to_nested_types_and_imports_to_references()
    {
        await using RegistryStub registry = await RegistryStub.StartAsync();
        registry.Register("money", """syntax = "proto3"; package m; message Money { int64 units = 1; }""", "PROTOBUF");
        registry.Register("line", """syntax = "proto3"; package l; import "money.proto"; import "confluent/meta.proto"; message Line { m.Money price = 1 [(confluent.field_meta).doc = "gross"]; }""", "PROTOBUF", ("money.proto", "money", 1));
        int id = registry.Register("t-value", """syntax = "proto3"; import "line.proto"; message A { message B { } message C { l.Line line = 1; } }""", "PROTOBUF", ("line.proto", "line", 1));
        Message decoded = await SchemaRun.ProcessAsync($"schema_registry_decode: {{ url: \"{registry.Url}\" }}", RegistryStub.Framed(id, 4, 0, 2, 0x0A, 4, 0x0A, 2, 0x08, 7));
        Assert.Null(decoded.Error);
        Assert.Equal("""{"line":{"price":{"units":"7"}}}""", SchemaRun.Text(decoded));
    }

    [Theory]
    [InlineData(new byte[] { 6 }, "ends within")]
    [InlineData(new byte[] { 2, 8 }, "message type 4")]
    [InlineData(new byte[] { 0, 0x0A, 0x7F }, "ends within")]
    [InlineData(new byte[] { 0, 0x0C }, "ends a group")]
    [InlineData(new byte[] { 0, 0x00 }, "no field")]
    public async Task Hostile_payloads_fail(byte[] payload, string reason)
    {
        await using RegistryStub registry = await RegistryStub.StartAsync();
        int id = registry.Register("t-value", """syntax = "proto3"; message T { T t = 1; }""", "PROTOBUF");
        Message failed = await SchemaRun.ProcessAsync($"schema_registry_decode: {{ url: \"{registry.Url}\" }}", RegistryStub.Framed(id, payload));
        Assert.Equal("\"invalid_payload\"", SchemaRun.Metadata(failed, "schema_error"));
        Assert.Contains(reason, failed.Error!.Text);
        byte[] nested = [];
        for (int i = 0; i < 120; i++)
        {
            nested = [0x0A, .. Varint(nested.Length), .. nested];
        }

        Message deep = await SchemaRun.ProcessAsync($"schema_registry_decode: {{ url: \"{registry.Url}\" }}", RegistryStub.Framed(id, [0, .. nested]));
        Assert.Contains("nests deeper", deep.Error!.Text);
    }

    [Theory]
    [InlineData("""{"n":"x"}""", "n: expected a value of the type int32, found string x")]
    [InlineData("""{"n":1.5}""", "n: expected a value of the type int32")]
    [InlineData("""{"m":1}""", "T has no field \"m\"")]
    [InlineData("""{"a":"1","b":"2"}""", "excludes another field")]
    public async Task A_message_that_does_not_fit_fails(string body, string reason)
    {
        await using RegistryStub registry = await RegistryStub.StartAsync();
        registry.Register("t-value", """syntax = "proto3"; message T { int32 n = 1; oneof o { string a = 2; string b = 3; } }""", "PROTOBUF");
        Message failed = await SchemaRun.ProcessAsync($"schema_registry_encode: {{ url: \"{registry.Url}\", subject: t-value }}", Encoding.UTF8.GetBytes(body));
        Assert.Contains(reason, failed.Error!.Text);
    }

    private static byte[] Varint(int value) => value < 0x80 ? [(byte)value] : [(byte)(value | 0x80), (byte)(value >> 7)];

    private static byte[] Bytes(Order order)
    {
        using var stream = new MemoryStream();
        Serializer.Serialize(stream, order);
        return stream.ToArray();
    }

    [ProtoContract]
    internal sealed class Line
    {
        [ProtoMember(1)]
        public string Sku { get; set; } = string.Empty;

        [ProtoMember(2)]
        public uint Count { get; set; }
    }

    [ProtoContract]
    internal sealed class Order
    {
        [ProtoMember(1)]
        public long Id { get; set; }

        [ProtoMember(2)]
        public List<Line> Lines { get; set; } = [];

        [ProtoMember(3)]
        public Dictionary<string, double> Prices { get; set; } = [];

        [ProtoMember(4)]
        public int Colour { get; set; }

        [ProtoMember(5, IsPacked = true, DataFormat = DataFormat.ZigZag)]
        public int[] Deltas { get; set; } = [];

        [ProtoMember(6)]
        public byte[] Raw { get; set; } = [];

        [ProtoMember(7)]
        public int? Note { get; set; }

        [ProtoMember(9)]
        public bool? Cash { get; set; }

        [ProtoMember(10, DataFormat = DataFormat.FixedSize)]
        public ulong Big { get; set; }

        [ProtoMember(11)]
        public float Ratio { get; set; }
    }
}
