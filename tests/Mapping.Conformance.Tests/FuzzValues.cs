using System.Text;
using Mapping.Values;
using Mapping.Values.Json;

namespace Mapping.Conformance.Tests;

/// <summary>Values of every kind, ordinary and extreme ones, for calls that nobody would write.</summary>
internal static class FuzzValues
{
    private const int Deep = 5_000;
    private const int Huge = 300_000;

    private static readonly string[] Texts =
    [
        "", " ", "x", "héllo wörld", "\0", "\u202e\ud83d\ude00e\u0301", "%d %s %v %", "%[9]*.[1]*f", "a.b.c", "*", "a.*.b", "0", "-1", "1e400", "0x1F", "NaN", "+Inf",
        "9223372036854775808", "true", "null", "{\"a\":[1,{\"b\":null}]}", "[1,", "a,b\n1,2\n", "a=1 b=\"x\\\"y\"", "a: [1, {b: c}]\n", "a: &x [*x]", "<a b=\"c\">d<e/></a>",
        "https://u:p@h:1/p%20q?x=1&x=2#f", "%zz", "a=1&a=2&b", "2024-02-29T12:00:00.5Z", "2006-01-02 15:04:05 MST", "%Y-%m-%dT%H:%M:%S%z", "UTC", "Europe/Berlin",
        "1h2m3.5s", "P1Y2M3DT4H5M6.7S", "-P999999999Y", "9999999h", "base64", "hex", "z85", "gzip", "zstd", "lz4", "sha256", "hmac_sha256", "crc32", "cbc", "gcm", "dns",
        "aGVsbG8=", "68656c6c6f", "6ba7b811-9dad-11d1-80b4-00c04fd430c8", "(a+)+$", "[", "(?P<n>\\w+)-(\\d+)", "$1 ${n} $$ $9", "0123456789abcdef",
        "root.a = this.b", "root = this.map_each(", "{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"string\"}}}", "$.a[*].b", "$..[?(@.a>1)]",
        "eyJhbGciOiJIUzI1NiJ9.eyJhIjoxfQ.AAAA", "grapheme", "word", "en", "127.0.0.1", "$2a$10$7EqJtq98hPqEX7fNZaFWoO", "$argon2id$v=19$m=8,t=1,p=1$c2FsdHNhbHQ$aGFzaA",
        "name", "no/such/file", "../\0",
    ];

    /// <summary>All of them; they are frozen, so that any number of evaluations can share them.</summary>
    public static Value[] All { get; } =
    [
        .. Texts.Select(Value.FromString),
        Bytes(0xff), Bytes(0xc3, 0x28), Bytes(0xed, 0xa0, 0x80, (byte)'a'), Bytes(), Bytes(0, 1, 2), Bytes(0x1f, 0x8b, 8, 0, 0, 0, 0, 0), Bytes(0x28, 0xb5, 0x2f, 0xfd, 0, 0),
        Bytes(Encoding.UTF8.GetBytes("0123456789abcdef")), Bytes(0x81, 0xa1, 0x61, 0x01), Bytes(0xdd, 0xff, 0xff, 0xff, 0xff), Bytes(Encoding.UTF8.GetBytes("PAR1PAR1")),
        Value.FromUtf8(new byte[] { 0xff, 0xfe, (byte)'a' }), Value.FromUtf8(new byte[] { (byte)'a', 0xe2, 0x82 }),
        Value.Null, Value.FromBool(true), Value.FromBool(false),
        Value.FromInt64(0), Value.FromInt64(1), Value.FromInt64(-1), Value.FromInt64(16), Value.FromInt64(long.MinValue), Value.FromInt64(long.MaxValue), Value.FromInt64(1_700_000_000),
        Value.FromUInt64(ulong.MaxValue), Value.FromFloat64(0.5), Value.FromFloat64(-0.0), Value.FromFloat64(1e300), Value.FromFloat64(double.Epsilon),
        Value.FromFloat64(double.NaN), Value.FromFloat64(double.PositiveInfinity), Value.FromFloat64(double.NegativeInfinity), Value.FromFloat64(9.3e18),
        Json("1.50"), Json("1e400"), Json("-0"), Json("123456789012345678901234567890"), Json("0.00000000000000000001"),
        Json("[]"), Json("{}"), Json("[1,\"a\",null,[2],{\"b\":3}]"), Json("[3,1,2]"), Json("[\"b\",\"a\"]"), Json("[[1,2],[3,4]]"), Json("[{\"a\":1},{\"a\":2}]"),
        Json("{\"a\":{\"b\":[1,{\"c\":null}]},\"\":0,\"a.b\":\"x\"}"), Json("{\"key\":\"k\",\"value\":1}"), Json("{\"-a\":\"1\",\"#text\":\"t\",\"b\":[1,2]}"),
        Json("[{\"Type\":\"create\",\"Path\":[\"a\",\"0\",\"b\"],\"From\":null,\"To\":1}]"), Json("{\"a\":1,\"a\":2}"), Json("[\"a\",\"b\",\"c\"]"),
        Moment("2024-02-29T23:59:59.999999999+14:00"), Moment("0001-01-01T00:00:00Z"), Moment("9999-12-31T23:59:59.999999999Z"), Moment("2024-03-31T02:30:00+01:00"),
        Value.Deleted, Value.Nothing, Value.Fail("failed before"),
        Value.FromString(new string('a', Huge)), Value.FromString(string.Concat(Enumerable.Repeat("é,\n\"", Huge / 10))), Value.FromString(new string('[', Huge)),
        Nested(Deep, arrays: true), Nested(Deep, arrays: false), Long(),
    ];

    /// <summary>The large ones cost a lot and are drawn less often.</summary>
    public static int Small { get; } = All.Length - 6;

    /// <summary>A value for a failed assertion; short also for the large ones.</summary>
    public static string Show(Value value) => $"{value.Kind} {(value.IsError ? value.AsError().Message : TextForm.Preview(value))}";

    private static Value Bytes(params byte[] content) => Value.FromBytes(content);

    private static Value Json(string text)
    {
        byte[] content = Encoding.UTF8.GetBytes(text);
        var document = new Document();
        Assert.True(document.TryParse(content, 0, content.Length, strictUtf8: false, out _), text);
        return Value.FromDocument(document, document.RootIndex).Detach();
    }

    private static Value Moment(string text) =>
        Timestamp.TryParseRfc3339(Encoding.UTF8.GetBytes(text), out Timestamp? moment)
            ? Value.FromTimestamp(moment)
            : throw new FormatException(text);

    private static Value Nested(int levels, bool arrays)
    {
        Value inner = Value.FromInt64(1);
        for (int i = 0; i < levels; i++)
        {
            if (arrays)
            {
                var node = new ArrayNode();
                node.Add(inner);
                inner = Value.FromArray(node);
            }
            else
            {
                var node = new ObjectNode();
                node.Set(Value.FromString("a"), inner);
                inner = Value.FromObject(node);
            }
        }

        return inner.Frozen();
    }

    private static Value Long()
    {
        var node = new ArrayNode();
        for (int i = 0; i < 20_000; i++)
        {
            node.Add(Value.FromInt64(i * 7919 % 20_011));
        }

        return Value.FromArray(node).Frozen();
    }
}
