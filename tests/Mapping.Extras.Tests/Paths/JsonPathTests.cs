namespace Mapping.Extras.Tests.Paths;

public class JsonPathTests
{
    private const string Shop = """{"book":[{"t":"a","price":8.95,"isbn":"x-1"},{"t":"b","price":12},{"t":"c","price":3}],"n":2}""";

    [Theory]
    [InlineData("$.book[0].t", "a")]
    [InlineData("$['book'][1]['t']", "b")]
    [InlineData("$.book[*].t", """["a","b","c"]""")]
    [InlineData("$..t", """["a","b","c"]""")]
    [InlineData("$.book[?(@.price < 10)].t", """["a","c"]""")]
    [InlineData("$.book[?(@.isbn)].t", """["a"]""")]
    [InlineData("$.book[?(@.price > $.n && @.t != 'c')].t", """["a","b"]""")]
    [InlineData("$.book[1:].t", """["b","c"]""")]
    [InlineData("$.book[-1:].t", """["c"]""")]
    [InlineData("$.book[:-1].t", """["a","b"]""")]
    [InlineData("$.book[::-1].t", """["c","b","a"]""")]
    [InlineData("$.book[0,2].t", """["a","c"]""")]
    [InlineData("$.book[0,9].t", """["a"]""")]
    [InlineData("$.book[$.n].t", "c")]
    [InlineData("$.missing[*]", "[]")]
    [InlineData("$.n * 2 + 1", "5")]
    [InlineData("$.n == 2 ? 'two' : 'other'", "two")]
    [InlineData("$.book[0].t =~ '^[ab]$'", "true")]
    [InlineData("$.n in [1, 2]", "true")]
    [InlineData("-$.n ** 2", "4")]
    [InlineData("{\"k\": $.n}", """{"k":2}""")]
    public void Paths_and_expressions(string path, string expected) => Assert.Equal(expected, Run.Mapping($"root = this.json_path({Quoted(path)})", Shop));

    [Theory]
    [InlineData("$.missing")]
    [InlineData("$.book[9]")]
    [InlineData("$.book[-1]")]
    [InlineData("$.n.x")]
    [InlineData("$.book * 2")]
    public void What_is_missing_is_an_error(string path) =>
        Assert.StartsWith("Error: ", Run.Mapping($"root = this.json_path({Quoted(path)})", Shop), StringComparison.Ordinal);

    [Theory]
    [InlineData("$.")]
    [InlineData("$[")]
    [InlineData("$.a b")]
    [InlineData("$.a =~ '['")]
    [InlineData("'open")]
    [InlineData("nofunction($.a)")]
    public void Broken_paths_do_not_compile(string path) => Assert.Contains("json path", Run.Refusal($"root = this.json_path({Quoted(path)})"), StringComparison.Ordinal);

    [Fact]
    public void Any_text_compiles_or_is_refused()
    {
        const string Alphabet = "$@.[]()*?:,'\"ab1 <=!&|+-~{}";
        var random = new Random(3);
        CompiledMapping mapping = MappingEnvironment.Full.WithExtras().Compile("root = {\"a\":[1,{\"b\":2}]}.json_path(content().string())");
        for (int i = 0; i < 20_000 * TestScale.Factor; i++)
        {
            string text = "$" + string.Concat(Enumerable.Range(0, random.Next(12)).Select(_ => Alphabet[random.Next(Alphabet.Length)]));
            MappingOutcome outcome = mapping.Run(System.Text.Encoding.UTF8.GetBytes(text), new System.Buffers.ArrayBufferWriter<byte>(), out MappingError? error);
            Assert.Equal(outcome == MappingOutcome.Failed, error is not null);
        }
    }

    [Fact]
    public void Nesting_of_an_expression_is_bounded() =>
        Assert.Contains("nested too deeply", Run.Refusal($"root = this.json_path({Quoted(new string('(', 100_000))})"), StringComparison.Ordinal);

    [Fact]
    public void Deep_documents_are_walked()
    {
        string deep = new string('[', 9000) + new string(']', 9000);
        Assert.Equal("9000", Run.Mapping("root = this.json_path(\"$..*\").length() + 1", deep));
    }

    private static string Quoted(string path) => $"\"{path.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
}
