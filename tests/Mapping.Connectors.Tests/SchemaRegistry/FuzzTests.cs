using System.Text;
using Mapping.Connectors.SchemaRegistry;
using Mapping.Connectors.SchemaRegistry.AvroFormat;
using Mapping.Connectors.SchemaRegistry.ProtobufFormat;
using Mapping.Testing;
using Message = Mapping.Functions.Message;

namespace Mapping.Connectors.Tests.SchemaRegistry;

/// <summary>Whatever bytes come, a decoder gives JSON or says what is wrong; what it gave can be written, and read again as the same.</summary>
public class FuzzTests
{
    private const string Avro = """
        {"type":"record","name":"R","fields":[
          {"name":"i","type":"int"},{"name":"s","type":"string"},{"name":"b","type":"bytes"},{"name":"d","type":"double"},{"name":"f","type":"float"},
          {"name":"t","type":{"type":"long","logicalType":"timestamp-micros"}},{"name":"day","type":{"type":"int","logicalType":"date"}},
          {"name":"n","type":{"type":"bytes","logicalType":"decimal","precision":20,"scale":4}},
          {"name":"e","type":{"type":"enum","name":"E","symbols":["A","B"]}},{"name":"x","type":{"type":"fixed","name":"X","size":3}},
          {"name":"u","type":["null","string","long",{"type":"array","items":"R"},{"type":"map","values":["null","R"]}]}]}
        """;

    private const string Proto = """
        syntax = "proto3";
        import "google/protobuf/timestamp.proto"; import "google/protobuf/duration.proto"; import "google/protobuf/struct.proto"; import "google/protobuf/wrappers.proto";
        enum E { A = 0; B = 1; }
        message R {
          int32 i = 1; string s = 2; bytes b = 3; double d = 4; E e = 5; repeated sint64 n = 6; map<string, R> m = 7; R r = 8;
          oneof o { uint64 u = 9; bool f = 10; } google.protobuf.Timestamp t = 11; google.protobuf.Duration l = 12; google.protobuf.Value v = 13; google.protobuf.BytesValue w = 14; fixed32 x = 15;
        }
        """;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Avro_survives_any_bytes(bool preserves)
    {
        ResolvedSchema schema = new(new RegisteredSchema(SchemaKind.Avro, Avro, []), []);
        IPayloadDecoder decoder = AvroSchemas.Decoder(schema, new AvroDecodeOptions(false, preserves, false, null, null));
        const string Leaf = """{"i":0,"s":"","b":"","d":0,"f":0,"t":0,"day":0,"n":"","e":"A","x":"abc","u":null}""";
        const string Whole = """{"i":-1,"s":"é","b":"ÿ","d":1.5,"f":0.1,"t":-1,"day":19000,"n":"\u0001","e":"B","x":"abc","u":{"array":[LEAF,LEAF]}}""";
        Survives(decoder, AvroSchemas.Encoder(schema, isRaw: false), Whole.Replace("LEAF", Leaf, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Protobuf_survives_any_bytes(bool emits)
    {
        ProtoFile file = ProtobufSchemas.Read(new ResolvedSchema(new RegisteredSchema(SchemaKind.Protobuf, Proto, []), []));
        Survives(
            new ProtobufDecoder(file, new ProtobufForm(false, false, emits, false, true)),
            new ProtobufEncoder(file),
            """{"i":-1,"s":"é","b":"/w==","d":1.5,"e":"B","n":["-1","300"],"m":{"k":{"i":1}},"r":{"u":"7"},"f":true,"t":"2024-02-29T12:00:00.5Z","l":"-1.5s","v":{"a":[1,null,"x"]},"w":"AA==","x":7}""");
    }

    /// <summary>Bytes of a payload that is right are changed, taken away or doubled.</summary>
    private static void Survives(IPayloadDecoder decoder, IPayloadEncoder encoder, string sample)
    {
        var random = new Random(1);
        byte[] right = Encoded(encoder, Encoding.UTF8.GetBytes(sample));
        int read = 0;
        for (int round = 0; round < 20_000 * TestScale.Factor; round++)
        {
            List<byte> payload = [.. right];
            for (int changes = random.Next(1, 4); changes > 0; changes--)
            {
                int at = random.Next(1, payload.Count);
                switch (random.Next(4))
                {
                    case 0:
                        payload.RemoveAt(at);
                        break;
                    case 1:
                        payload.Insert(at, payload[at]);
                        break;
                    default:
                        payload[at] = (byte)random.Next(256);
                        break;
                }
            }

            if (Decoded(decoder, [.. payload]) is { } json)
            {
                read++;
                ReadOnlyMemory<byte> again = Decoded(decoder, Encoded(encoder, json)) ?? throw new InvalidOperationException($"not read again: {Encoding.UTF8.GetString(json.Span)}");
                ReadOnlyMemory<byte> third = Decoded(decoder, Encoded(encoder, again))!.Value;
                Assert.Equal(Encoding.UTF8.GetString(again.Span), Encoding.UTF8.GetString(third.Span));
            }
        }

        Assert.True(read > 1000, $"only {read} payloads could be read");
    }

    private static ReadOnlyMemory<byte>? Decoded(IPayloadDecoder decoder, byte[] payload)
    {
        try
        {
            return decoder.Decode(payload);
        }
        catch (SchemaFailure failure)
        {
            Assert.Equal(SchemaProblem.InvalidPayload, failure.Problem);
            return null;
        }
    }

    private static byte[] Encoded(IPayloadEncoder encoder, ReadOnlyMemory<byte> json)
    {
        var writer = new WireWriter();
        encoder.Encode(new Message(json), writer);
        return writer.ToArray();
    }
}
