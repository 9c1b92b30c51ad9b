using System.Buffers;
using System.Text;
using Mapping.Functions;

namespace Mapping.Tests.Execution;

/// <summary>Texts and documents made to overflow a stack or fill the memory; each on a thread of the pool, whose stack is small.</summary>
public class HostileMappingTests
{
    [Fact]
    public async Task Nested_brackets_in_a_mapping_are_refused()
    {
        string text = "root = " + new string('[', 100_000) + new string(']', 100_000);
        Assert.Contains("M105", await OnPoolThread(() => Problem(text)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nested_brackets_in_a_document_are_refused()
    {
        string document = new string('[', 100_000) + new string(']', 100_000);
        string error = await OnPoolThread(() => Run("root = this", document));
        Assert.StartsWith("error: failed assignment (line 1): unable to reference message as structured", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nested_lambdas_are_refused()
    {
        string text = "root = " + string.Concat(Enumerable.Range(0, 10_000).Select(i => $"a{i} -> [")) + "1" + new string(']', 10_000);
        Assert.Contains("M105", await OnPoolThread(() => Problem(text)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Chained_operators_are_calculated_without_recursion()
    {
        string text = "root = this" + string.Concat(Enumerable.Repeat(" + 1", 100_000));
        Assert.Equal("100001", await OnPoolThread(() => Run(text, "1")));
    }

    [Fact]
    public async Task Chained_methods_are_called_without_recursion()
    {
        string text = "root = this" + string.Concat(Enumerable.Repeat(".not()", 100_000));
        Assert.Equal("true", await OnPoolThread(() => Run(text, "true")));
    }

    [Fact]
    public async Task The_deepest_legal_nesting_compiles_and_runs()
    {
        string text = "root = " + new string('(', 400) + "this" + new string(')', 400);
        Assert.Equal("7", await OnPoolThread(() => Run(text, "7")));
    }

    [Fact]
    public async Task Deeply_nested_queries_compile_in_linear_time()
    {
        string text = "root = " + string.Concat(Enumerable.Range(0, 60).Select(i => $"[[this].map_each(e{i} -> ")) + "1" + string.Concat(Enumerable.Repeat(")]", 60));
        Assert.StartsWith("[[[[", await OnPoolThread(() => Run(text, "1")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Unbounded_recursion_of_maps_ends_with_an_error()
    {
        string text = "map m {\n  root = [this.apply(\"m\")]\n}\nroot = this.apply(\"m\")";
        string error = await OnPoolThread(() => Run(text, "1"));
        Assert.Contains("map m exceeded the limit of 5000 nested map calls", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Mutual_recursion_through_queries_ends_with_an_error()
    {
        string text = "map m {\n  root = this.map_each(e -> this.apply(\"n\"))\n}\nmap n {\n  root = match { _ => [this].(this.apply(\"m\")) }\n}\nroot = this.apply(\"m\")";
        string error = await OnPoolThread(() => Run(text, "[[1]]"));
        Assert.Contains("exceeded the limit of 5000 nested map calls", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_error_of_unbounded_recursion_does_not_grow_with_every_level_it_passes()
    {
        string text = "map m {\n  root = [{\"k\": this}].map_each(e -> {\"k\": e.k.apply(\"m\")})\n}\nroot = [this].map_each(e -> e.apply(\"m\"))";
        string error = await OnPoolThread(() => Run(text, "1"));
        Assert.Equal("error: failed assignment (line 4): map m exceeded the limit of 5000 nested map calls", error);
    }

    [Fact]
    public async Task The_error_of_unbounded_recursion_names_no_value()
    {
        const string Text = "map m {\n  root = [this].map_each(e -> e.apply(\"m\"))\n}\nroot = this.a.map_each(e -> e.apply(\"m\"))";
        MappingError? error = await Task.Run(() =>
        {
            MappingEnvironment.Restricted.Compile(Text).Run("{\"a\":[1]}"u8.ToArray(), new ArrayBufferWriter<byte>(), out MappingError? error);
            return error;
        });
        Assert.Equal(["in map m, 5000 calls deep"], error!.Diagnostic.Notes!);
    }

    [Fact]
    public async Task A_value_a_million_levels_deep_is_refused_and_cannot_be_caught()
    {
        string text = "root = range(0, 1000000).fold({}, acc -> {\"a\": acc.tally}).catch(\"caught\")";
        string error = await OnPoolThread(() => Run(text, "1"));
        Assert.Contains("nested more than 10000 levels deep", error, StringComparison.Ordinal);
        Assert.StartsWith("error: ", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_value_of_the_deepest_legal_nesting_can_be_written_compared_and_kept()
    {
        string text = "let deep = range(0, 9990).fold({}, acc -> {\"a\": acc.tally})\nmeta kept = $deep\nroot.same = $deep == @kept\nroot.text = $deep.string().length()\nroot.deep = $deep";
        string output = await OnPoolThread(() => Run(text, "1"));
        Assert.StartsWith("{\"same\":true,\"text\":59942,\"deep\":{\"a\":", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Text_that_doubles_stops_at_the_limit()
    {
        string text = "root = range(0, 100).fold(\"x\", acc -> acc.tally + acc.tally)";
        string error = await OnPoolThread(() => Run(text, "1"));
        Assert.Contains("larger than the limit", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("root = this.a + this.a")]
    [InlineData("root = this.a + this.a.bytes()")]
    [InlineData("let half = this.a\nroot = \"<\" + $half + $half + \">\"")]
    public void A_sum_beyond_the_limit_is_refused_before_it_is_made(string text)
    {
        byte[] document = Encoding.UTF8.GetBytes($"{{\"a\":\"{new string('x', 900_000)}\"}}");
        CompiledMapping mapping = MappingEnvironment.Restricted.WithLimits(new Limits(MaxValueBytes: 1_000_000)).Compile(text);
        var output = new ArrayBufferWriter<byte>();
        mapping.Run(document, output, out _);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Equal(MappingOutcome.Failed, mapping.Run(document, output, out MappingError? error));
        long made = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.Contains("larger than the limit of 1000000", error!.Text, StringComparison.Ordinal);
        Assert.True(made < 1_200_000, $"{made} bytes were made for nothing");
    }

    [Theory]
    [InlineData("root = this.a.merge(this.b)")]
    [InlineData("root = this.a.assign(this.b)")]
    [InlineData("root = {\"k\": this.a}.merge({\"k\": this.b})")]
    [InlineData("root = [this.a, this.b].squash()")]
    public void A_merge_beyond_the_limit_is_refused_before_it_is_made(string text)
    {
        string Members(string prefix) => string.Join(",", Enumerable.Range(0, 20_000).Select(i => $"\"{prefix}{i}\":1"));
        byte[] document = Encoding.UTF8.GetBytes($"{{\"a\":{{{Members("a")}}},\"b\":{{{Members("b")}}}}}");
        CompiledMapping mapping = MappingEnvironment.Restricted.WithLimits(new Limits(MaxValueBytes: 1_000_000)).Compile(text);
        Assert.Equal(MappingOutcome.Failed, mapping.Run(document, new ArrayBufferWriter<byte>(), out MappingError? error));
        Assert.Contains("larger than the limit of 1000000", error!.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Mappings_within_mappings_do_not_recurse_for_ever()
    {
        string document = """{"m":"root = this.bloblang(this.m)"}""";
        string error = await OnPoolThread(() => Run("root = this.bloblang(this.m)", document));
        Assert.Contains("nested more than 16 levels deep", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Five_thousand_assignments_on_a_large_object_stay_linear()
    {
        string text = string.Concat(Enumerable.Range(0, 5_000).Select(i => $"root.key{i} = {i}\n"));
        string output = await OnPoolThread(() => Run(text, "1"));
        Assert.StartsWith("{\"key0\":0,\"key1\":1,", output, StringComparison.Ordinal);
        Assert.EndsWith("\"key4999\":4999}", output, StringComparison.Ordinal);
    }

    private static async Task<string> OnPoolThread(Func<string> work) => await Task.Run(work).WaitAsync(TimeSpan.FromMinutes(2));

    private static string Problem(string mapping) =>
        MappingEnvironment.Full.TryCompile(mapping, out _, out var diagnostics) ? "compiled" : string.Join("\n", diagnostics);

    private static string Run(string mapping, string document)
    {
        if (!MappingEnvironment.Full.TryCompile(mapping, out CompiledMapping? compiled, out var diagnostics))
        {
            return string.Join("\n", diagnostics);
        }

        var output = new ArrayBufferWriter<byte>();
        MappingOutcome outcome = compiled.Run(Encoding.UTF8.GetBytes(document), output, out MappingError? error);
        return outcome == MappingOutcome.Failed ? "error: " + error!.Text : Encoding.UTF8.GetString(output.WrittenSpan);
    }
}
