using Mapping.Builtins.Encodings;
using Mapping.Builtins.General;
using Mapping.Builtins.Parsing;
using Mapping.Builtins.Strings;
using Mapping.Functions;
using Mapping.Values;

namespace Mapping.Tests.Builtins;

public class IdentifierTests
{
    [Fact]
    public void Snowflakes_grow_also_when_the_clock_stands_still()
    {
        long[] ids = [.. Many(Snowflake.SnowflakeId, 10_000, Value.FromInt64(1023)).Select(long.Parse)];
        Assert.Equal(ids.Distinct().Order(), ids);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(1024)]
    public void A_node_out_of_range_is_refused(long node) =>
        Assert.NotNull(Snowflake.SnowflakeId.Prepare!(new BuiltinServices(), [Value.FromInt64(node)]).Error);

    [Fact]
    public void Ulids_of_the_fast_source_grow()
    {
        string[] ids = Many(SortableIds.Ulid, 5_000, Value.FromString("crockford"), Value.FromString("fast_random"));
        Assert.Equal(ids.Distinct().Order(StringComparer.Ordinal), ids);
        Assert.All(ids, id => Assert.StartsWith("01HF7YAT00", id, StringComparison.Ordinal));
    }

    [Fact]
    public void Secure_ulids_begin_with_the_time()
    {
        string[] ids = Many(SortableIds.Ulid, 100, Value.FromString("hex"), Value.FromString("secure_random"));
        Assert.All(ids, id => Assert.StartsWith("018bcfe56800", id, StringComparison.Ordinal));
        Assert.Equal(100, ids.Distinct().Count());
    }

    [Theory]
    [InlineData("base58", "secure_random")]
    [InlineData("hex", "dice")]
    public void Other_words_are_refused(string encoding, string source) =>
        Assert.NotNull(SortableIds.Ulid.Prepare!(new BuiltinServices(), [Value.FromString(encoding), Value.FromString(source)]).Error);

    [Theory]
    [InlineData(0, "0000000000")]
    [InlineData(4294967295, "00ffffffff")]
    [InlineData(4294967296, null)]
    [InlineData(-1, null)]
    public void Schema_ids(long id, string? expected)
    {
        Value result = Header(Value.FromInt64(id), Value.FromString(string.Empty));
        Assert.Equal(expected, result.IsError ? null : Convert.ToHexStringLower(result.AsSpan()));
    }

    [Fact]
    public void Schema_ids_of_other_kinds()
    {
        Assert.False(Header(Value.FromFloat64(7), Value.FromString("x")).IsError);
        Assert.True(Header(Value.FromFloat64(7.5), Value.FromString("x")).IsError);
        Assert.True(Header(Value.FromFloat64(double.NaN), Value.FromString("x")).IsError);
        Assert.True(Header(Value.FromLexical("7"u8.ToArray(), 0, 1), Value.FromString("x")).IsError);
        Assert.True(Header(Value.FromInt64(7), Value.FromInt64(7)).IsError);
    }

    [Theory]
    [InlineData("", "[]")]
    [InlineData("a\r\nb", "[a|\r\n|b]")]
    [InlineData("🇩🇪🇫🇷👨‍👩‍👧", "[🇩🇪|🇫🇷|👨‍👩‍👧]")]
    public void Graphemes(string text, string expected) =>
        Assert.Equal(expected, Call.Text(Segmenting.UnicodeSegments, text, Value.FromString("grapheme")));

    [Theory]
    [InlineData("""[1,"a"]""")]
    [InlineData("""{"a":{"b":[1,2.5]}}""")]
    public void Mixed_arrays_have_no_schema(string json) =>
        Assert.True(Call.Method(SchemaInference.InferSchema, Call.Method(JsonReading.ParseJson, Value.FromString(json), Value.True)).IsError);

    [Fact]
    public void Deep_values_have_a_schema()
    {
        string deep = string.Concat(Enumerable.Repeat("[", 3_000)) + string.Concat(Enumerable.Repeat("]", 3_000));
        Assert.True(Call.Method(SchemaInference.InferSchema, Call.Method(JsonReading.ParseJson, Value.FromString(deep))).IsObject);
    }

    private static Value Header(Value id, Value message)
    {
        var context = new EvaluationContext();
        context.Begin(new BuiltinServices(), [], 0, isMutation: false);
        return ((FunctionBodyN)SchemaRegistryHeader.WithHeader.Body)(context, [id, message]);
    }

    private static string[] Many(Builtin builtin, int count, params Value[] arguments)
    {
        var services = new BuiltinServices { Clock = new StoppedClock() };
        var context = new EvaluationContext();
        context.Begin(services, [], 0, isMutation: false);
        object state = builtin.Prepare!(services, arguments).State!;
        return [.. Enumerable.Range(0, count).Select(_ => ((PreparedBody<object>)builtin.Body)(context, default, state, arguments).AsHostString())];
    }

    private sealed class StoppedClock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => DateTimeOffset.FromUnixTimeSeconds(1_700_000_000);
    }
}
