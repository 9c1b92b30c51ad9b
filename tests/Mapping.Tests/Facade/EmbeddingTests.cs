using System.Buffers;
using System.Text;
using System.Text.Json.Nodes;
using Mapping.Functions;
using Mapping.Text;

namespace Mapping.Tests.Facade;

public class EmbeddingTests
{
    [Theory]
    [InlineData("root = \"123\"", "\"123\"")]
    [InlineData("root = \"plain text\"", "\"plain text\"")]
    [InlineData("root = content()", "\"eyJhIjoxfQ==\"")]
    [InlineData("root = this.a", "1")]
    [InlineData("let unused = 1", "{\"a\":1}")]
    [InlineData("root = null", "null")]
    public void A_node_maps_to_the_node_of_its_kind(string mapping, string expected)
    {
        MappingEnvironment.Restricted.Compile(mapping).Run(JsonNode.Parse("{\"a\":1}"), out JsonNode? result, out MappingError? error);
        Assert.Null(error);
        Assert.Equal(expected, result?.ToJsonString() ?? "null");
    }

    [Fact]
    public void Deep_results_stay_what_they_are()
    {
        CompiledMapping mapping = MappingEnvironment.Restricted.Compile("root = range(0, 100).fold([], acc -> [acc.tally])");
        Assert.Equal(MappingOutcome.Mapped, mapping.Run(null, out JsonNode? result, out _));
        Assert.IsType<JsonArray>(result);
    }

    [Fact]
    public void A_node_that_is_too_deep_is_an_error_and_no_exception()
    {
        JsonNode node = new JsonObject();
        for (int i = 0; i < 2_000; i++)
        {
            node = new JsonArray(node);
        }

        Assert.Equal(MappingOutcome.Failed, MappingEnvironment.Restricted.Compile("root = this").Run(node, out _, out MappingError? error));
        Assert.Contains("levels deep", error!.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Own_functions_and_methods_are_there_also_in_nested_mappings()
    {
        MappingEnvironment environment = MappingEnvironment.Restricted
            .WithFunction("answer", () => 42L)
            .WithMethod("twice", (string text, long times) => string.Concat(Enumerable.Repeat(text, (int)times)));
        Assert.Equal("[42,\"abab\"]", Run(environment, "root = [answer(), \"ab\".twice(2)]"));
        Assert.Equal("42", Run(environment, "root = this.bloblang(\"root = answer()\")"));
    }

    [Fact]
    public void What_the_host_throws_is_an_error_of_the_mapping()
    {
        MappingEnvironment environment = MappingEnvironment.Restricted.WithMethod<long, long>("fail", _ => throw new FormatException("no luck"));
        Assert.Equal("caught number literal: no luck", Run(environment, "root = 1.fail().catch(err -> \"caught \" + err)"));
    }

    [Fact]
    public void A_name_taken_away_is_unknown_also_in_nested_mappings()
    {
        MappingEnvironment environment = MappingEnvironment.Restricted.Without("range");
        Assert.False(environment.TryCompile("root = range(0, 2)", out _, out _));
        Assert.False(environment.TryCompile("root = this.bloblang(\"range(0, 2)\")", out _, out _));
    }

    [Fact]
    public void Restricted_environments_reach_nothing_outside()
    {
        foreach (string text in new[] { "env(\"HOME\")", "file(\"/etc/hosts\")", "hostname()", "import \"x\"\nroot = 1" })
        {
            Assert.False(MappingEnvironment.Restricted.TryCompile(text, out _, out _), text);
        }
    }

    [Fact]
    public void Imports_below_a_folder_do_not_leave_it()
    {
        string folder = Directory.CreateTempSubdirectory("mapping").FullName;
        try
        {
            string inside = Directory.CreateDirectory(Path.Combine(folder, "maps")).FullName;
            File.WriteAllText(Path.Combine(inside, "a.blobl"), "import \"b.blobl\"\nmap a {\n  root = this.apply(\"b\")\n}\n");
            File.WriteAllText(Path.Combine(inside, "b.blobl"), "map b {\n  root = 7\n}\n");
            File.WriteAllText(Path.Combine(folder, "secret.blobl"), "map s {\n  root = 1\n}\n");
            File.CreateSymbolicLink(Path.Combine(inside, "link.blobl"), Path.Combine(folder, "secret.blobl"));
            File.WriteAllText(Path.Combine(inside, "large.blobl"), "map l {\n  root = 1\n}\n" + new string('#', 1 << 20));
            MappingEnvironment environment = MappingEnvironment.Restricted.WithImportsBelow(inside);
            Assert.Equal("7", Run(environment, "import \"a.blobl\"\nroot = this.apply(\"a\")"));
            foreach (string path in new[] { "../secret.blobl", "link.blobl", "large.blobl", Path.Combine(folder, "secret.blobl") })
            {
                Assert.False(environment.TryCompile($"import \"{path}\"\nroot = 1", out _, out IReadOnlyList<Mapping.Diagnostics.Diagnostic> found), path);
                Assert.Equal("M220", Assert.Single(found).Code);
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void Nested_mappings_use_up_the_limits_of_the_outer_one()
    {
        MappingEnvironment environment = MappingEnvironment.Restricted.WithLimits(new Limits(MaxSteps: 20_000));
        string output = Run(environment, "root = range(0, 100).map_each(_ -> 1.bloblang(\"range(0, 1500).map_each(i -> i).length()\")).catch(\"caught\")");
        Assert.Contains("took more than 20000 steps", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Limits_are_kept_to_the_step()
    {
        MappingEnvironment environment = MappingEnvironment.Restricted.WithLimits(new Limits(MaxSteps: 100));
        Assert.Equal("100", Run(environment, "root = range(0, 100).map_each(i -> i).length()"));
        Assert.Contains("took more than 100 steps", Run(environment, "root = range(0, 101).map_each(i -> i).length()"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_message_may_be_mapped_by_several_threads()
    {
        CompiledMapping mapping = MappingEnvironment.Restricted.Compile("root = this.a.b + this.c.length()");
        byte[] document = """{"a":{"b":1},"c":"text with \n escapes"}"""u8.ToArray();
        for (int round = 0; round < 500; round++)
        {
            var shared = new Message(document);
            Parallel.For(0, 4, _ =>
            {
                var output = new ArrayBufferWriter<byte>();
                mapping.Run([shared], 0, output, out MappingError? error);
                Assert.Null(error);
                Assert.Equal("20", Encoding.UTF8.GetString(output.WrittenSpan));
            });
        }
    }

    [Fact]
    public async Task Many_wildcards_in_a_path_cost_no_more_than_the_document()
    {
        string path = string.Concat(Enumerable.Repeat(".\"*\"", 60));
        string document = new string('[', 61) + "1" + new string(']', 61);
        var output = new ArrayBufferWriter<byte>();
        await Task.Run(() => MappingEnvironment.Restricted.Compile($"root = this{path}").Run(Encoding.UTF8.GetBytes(document), output, out _))
            .WaitAsync(TimeSpan.FromMinutes(1));
        Assert.Equal(document, Encoding.UTF8.GetString(output.WrittenSpan));
    }

    [Fact]
    public void An_interpolation_resolves_to_text_or_to_an_error()
    {
        Assert.True(MappingEnvironment.Restricted.TryCompileInterpolation(new SourceText("a ${! this.x } b"), out Interpolation? field, out _));
        var output = new ArrayBufferWriter<byte>();
        Assert.True(field.TryResolve([new Message("""{"x":1.50}"""u8.ToArray())], 0, output, out _));
        Assert.Equal("a 1.50 b", Encoding.UTF8.GetString(output.WrittenSpan));
        output.ResetWrittenCount();
        Assert.False(field.TryResolve([new Message("not json"u8.ToArray())], 0, output, out MappingError? error));
        Assert.Contains("this.x", error!.Text, StringComparison.Ordinal);
        Assert.Equal(0, output.WrittenCount);
        Assert.Throws<ArgumentOutOfRangeException>(() => field.TryResolve([], 0, output, out _));
    }

    [Fact]
    public void A_mapping_applied_before_leaves_no_maps_behind()
    {
        Assert.Equal("1", Run(MappingEnvironment.Restricted, "map m {\n  root = 1\n}\nroot = this.apply(\"m\")"));
        Assert.True(MappingEnvironment.Restricted.TryCompileInterpolation(new SourceText("${! this.apply(\"m\") }"), out Interpolation? field, out _));
        Assert.False(field.TryResolve([new Message("{}"u8.ToArray())], 0, new ArrayBufferWriter<byte>(), out _));
    }

    [Fact]
    public void A_mutation_that_fails_leaves_the_message_as_it_was()
    {
        var message = new Message("{\"a\":1}"u8.ToArray());
        message.SetMetadata("k", "old");
        var output = new ArrayBufferWriter<byte>();
        CompiledMapping mapping = MappingEnvironment.Restricted.Compile("root.b = 2\nmeta k = \"new\"\nroot.c = throw(\"no luck\")");
        Assert.Equal(MappingOutcome.Failed, mapping.Run([message], 0, output, out MappingError? error, mutation: true));
        Assert.Equal("failed assignment (line 3): no luck", error!.Text);
        Assert.Equal("{\"a\":1}", Encoding.UTF8.GetString(message.Body.Span));
        Assert.Equal("old", message.GetMetadata("k"));
        Assert.Equal(0, output.WrittenCount);
    }

    [Fact]
    public void Variables_of_the_host_are_set_and_maps_do_not_see_them()
    {
        MappingEnvironment environment = MappingEnvironment.Restricted.WithVariable("v", "{\"k\":[1,2]}").WithTextVariable("t", "x");
        Assert.Equal("[2,\"x\"]", Run(environment, "root = [$v.k.1, $t]"));
        Assert.Contains("variable 't' undefined", Run(environment, "map m {\n  root = $t\n}\nroot = this.apply(\"m\")"), StringComparison.Ordinal);
    }

    private static string Run(MappingEnvironment environment, string mapping)
    {
        var output = new ArrayBufferWriter<byte>();
        environment.Compile(mapping).Run("{}"u8.ToArray(), output, out MappingError? error);
        return error?.Text ?? Encoding.UTF8.GetString(output.WrittenSpan);
    }
}
