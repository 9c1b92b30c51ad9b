using System.Text.Json;
using Mapping.Testing;

namespace Mapping.Cli.Tests;

/// <summary>print, list and help: the exact texts are recorded.</summary>
public sealed class InspectionTests
{
    private const string Mapping = "let rate = 2 * 3\nroot.total = this.items.map_each(i -> i.price * $rate).sum()\nroot.name = this.name.uppercase() | \"?\"";

    [Fact]
    public void Print_ast() => Check(["print", "--ast", Mapping]);

    [Fact]
    public void Print_ir() => Check(["print", "--ir", Mapping]);

    [Fact]
    public void Print_an_invalid_mapping() => Check(["print", "--ir", "root.a = nope()"]);

    [Fact]
    public void Print_needs_a_form() => Check(["print", "root = this"]);

    [Fact]
    public void List_some_methods() => Check(["list", "methods", "uppercase", "split", "slice", "map_each"]);

    [Fact]
    public void List_a_function_as_json() => Check(["list", "functions", "counter", "--format", "json"]);

    [Fact]
    public void List_a_method_as_json() => Check(["list", "methods", "slice", "--format", "json"]);

    [Fact]
    public void List_functions_as_a_schema() => Check(["list", "functions", "counter", "count", "--format", "jsonschema"]);

    [Fact]
    public void List_a_method_as_markdown() => Check(["list", "methods", "ts_tz", "--format", "markdown"]);

    [Fact]
    public void List_an_unknown_method() => Check(["list", "methods", "uppercse"]);

    [Fact]
    public void Help_for_a_method() => Check(["help", "split"]);

    [Fact]
    public void Help_for_both_a_function_and_a_method() => Check(["help", "bytes"]);

    [Fact]
    public void Help_for_a_code() => Check(["help", "m204"]);

    [Fact]
    public void Help_for_an_unknown_name() => Check(["help", "map_eech"]);

    [Fact]
    public void The_overview() => Check(["--help"]);

    [Theory]
    [InlineData("bash")]
    [InlineData("zsh")]
    [InlineData("fish")]
    public void Completion_scripts_ask_blobl(string shell) => Assert.Contains("[suggest:", Blobl.Run("", "completion", shell).Output, StringComparison.Ordinal);

    [Theory]
    [InlineData("functions")]
    [InlineData("methods")]
    public void All_lists_are_valid_json_and_sorted(string list)
    {
        using JsonDocument document = JsonDocument.Parse(Blobl.Run("", "list", list, "--format", "json").Output);
        string[] names = [.. document.RootElement.GetProperty("bloblang-" + list).EnumerateArray().Select(spec => spec.GetProperty("name").GetString()!)];
        Assert.True(names.Length > 20);
        Assert.Equal(names.Order(StringComparer.Ordinal), names);
    }

    private static void Check(string[] arguments, [System.Runtime.CompilerServices.CallerMemberName] string method = "") =>
        Snapshot.Verify(Blobl.Run("", arguments).ToString(), method: method);
}
