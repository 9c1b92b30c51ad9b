using System.Text;

namespace Mapping.Extras.Tests.MessagePack;

public class MessagePackTests
{
    [Theory]
    [InlineData("null", "c0")]
    [InlineData("true", "c3")]
    [InlineData("5", "a135")]
    [InlineData("5.int64()", "d30000000000000005")]
    [InlineData("(-1).int64()", "d3ffffffffffffffff")]
    [InlineData("5.uint64()", "cf0000000000000005")]
    [InlineData("1.5.float64()", "cb3ff8000000000000")]
    [InlineData("\"é\"", "a2c3a9")]
    [InlineData("\"ab\".bytes()", "c4026162")]
    [InlineData("[1.int64(), null]", "92d30000000000000001c0")]
    [InlineData("{\"b\":null,\"a\":false}", "82a161c2a162c0")]
    [InlineData("1.ts_unix()", "d6ff00000001")]
    public void Each_kind_has_its_form(string expression, string hex)
    {
        string mapping = expression == "5" ? "root = this.format_msgpack().encode(\"hex\")" : $"root = {expression}.format_msgpack().encode(\"hex\")";
        Assert.Equal(hex, Run.Mapping(mapping.Replace("1.ts_unix()", "\"1970-01-01T00:00:01Z\".ts_parse(\"2006-01-02T15:04:05Z07:00\")", StringComparison.Ordinal), "5"));
    }

    [Theory]
    [InlineData("7f", "127")]
    [InlineData("ff", "-1")]
    [InlineData("d080", "-128")]
    [InlineData("cdffff", "65535")]
    [InlineData("d2ffffffff", "-1")]
    [InlineData("ca3dcccccd", "0.1")]
    [InlineData("cfffffffffffffffff", "18446744073709551615")]
    [InlineData("d903616263", "abc")]
    [InlineData("dc0002c0c3", "[null,true]")]
    [InlineData("de000181a1610205", "Error: ")]
    [InlineData("8105a161", "Error: ")]
    [InlineData("c1", "Error: ")]
    [InlineData("", "Error: ")]
    [InlineData("dfffffffffa161", "Error: ")]
    [InlineData("d7ff0000000400000001", "\"1970-01-01T00:00:01.000000001Z\"")]
    public void Every_form_is_read(string hex, string expected)
    {
        string result = Run.Mapping("root = this.hex.decode(\"hex\").parse_msgpack()", $"{{\"hex\":\"{hex}\"}}");
        if (expected == "Error: ")
        {
            Assert.StartsWith(expected, result, StringComparison.Ordinal);
        }
        else
        {
            Assert.Equal(expected, result);
        }
    }

    [Fact]
    public void Deep_values_come_back()
    {
        string deep = new string('[', 5000) + new string(']', 5000);
        Assert.Equal(deep, Run.Mapping("root = this.format_msgpack().parse_msgpack()", deep));
    }

    [Fact]
    public void Nesting_without_end_is_an_error()
    {
        byte[] data = [.. Enumerable.Repeat((byte)0x91, 1_000_000)];
        Assert.StartsWith("Error: ", Run.Mapping("root = content().parse_msgpack()", data), StringComparison.Ordinal);
    }

    [Fact]
    public void Strings_and_structure_survive_the_round_trip()
    {
        var random = new Random(7);
        for (int i = 0; i < 200 * TestScale.Factor; i++)
        {
            string document = $"[{RandomDocument(random, 3)}]";
            Assert.Equal(document, Run.Mapping("root = this.format_msgpack().parse_msgpack()", document));
        }
    }

    [Fact]
    public void Garbage_is_read_or_refused()
    {
        var random = new Random(11);
        CompiledMapping mapping = MappingEnvironment.Full.WithExtras().Compile("root = content().parse_msgpack().format_msgpack()");
        for (int i = 0; i < 20_000 * TestScale.Factor; i++)
        {
            var data = new byte[random.Next(40)];
            random.NextBytes(data);
            MappingOutcome outcome = mapping.Run(data, new System.Buffers.ArrayBufferWriter<byte>(), out MappingError? error);
            Assert.Equal(outcome == MappingOutcome.Failed, error is not null);
        }
    }

    /// <summary>Keys in order, since formatting sorts them.</summary>
    private static string RandomDocument(Random random, int depth)
    {
        int kind = random.Next(depth > 0 ? 5 : 3);
        switch (kind)
        {
            case 0:
                return random.Next(2) == 0 ? "null" : "true";
            case <= 2:
                return $"\"{new string('x', random.Next(300))}\"";
            case 3:
                return $"[{string.Join(',', Enumerable.Range(0, random.Next(20)).Select(_ => RandomDocument(random, depth - 1)))}]";
            default:
                var members = new StringBuilder();
                for (int i = 0; i < random.Next(20); i++)
                {
                    members.Append(i == 0 ? string.Empty : ",").Append($"\"k{i:00}\":{RandomDocument(random, depth - 1)}");
                }

                return $"{{{members}}}";
        }
    }
}
