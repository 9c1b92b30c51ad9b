using System.Text;
using System.Text.RegularExpressions;
using Mapping.Testing;

namespace Mapping.Cli.Tests;

/// <summary>What a user is told when something is wrong: the exact texts are recorded.</summary>
public sealed class BadInputTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("blobl").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Invalid_json_in_line_3_of_5() =>
        Check(Blobl.Run("{\"a\":1}\n{\"a\":2}\n{\"a\":\n{\"a\":4}\n{\"a\":5}\n", "exec", "root = this.a"));

    [Fact]
    public void Bytes_that_are_not_utf8() => Check(Blobl.Run([0xff, 0xfe, (byte)'\n'], "exec", "root = this"));

    [Fact]
    public void Bytes_that_are_not_utf8_within_a_string_become_replacement_characters() =>
        Check(Blobl.Run([(byte)'"', 0xff, (byte)'"', (byte)'\n'], "exec", "root = [this]"));

    [Fact]
    public void An_empty_file()
    {
        string file = Write("empty.ndjson", "");
        Check(Blobl.Run("", "exec", "root = this", file));
    }

    [Fact]
    public void A_missing_mapping_file() => Check(Blobl.Run("{}", "exec", "-f", "missing.blobl"));

    [Fact]
    public void A_missing_input_file() => Check(Blobl.Run("{}", "exec", "root = this", "missing.ndjson"));

    [Fact]
    public void An_unknown_method() => Check(Blobl.Run("{}", "exec", "root.a = this.name.uppercse()"));

    [Fact]
    public void A_type_error_at_run_time() =>
        Check(Blobl.Run("{\"items\":[{\"price\":\"9\"}]}", "exec", "root.id = this.id\nroot.total = this.items.map_each(i -> i.price * 2)"));

    [Fact]
    public void A_type_error_in_a_map() =>
        Check(Blobl.Run("{\"user\":{\"name\":5}}", "exec", "map upper {\n  root.name = this.name.uppercase()\n}\nroot = this.user.apply(\"upper\")"));

    [Fact]
    public void An_import_cycle()
    {
        Write("a.blobl", "import \"b.blobl\"\nmap a { root = 1 }\n");
        Write("b.blobl", "import \"a.blobl\"\nmap b { root = 2 }\n");
        Check(Blobl.Run("{}", "exec", $"import \"{folder}/a.blobl\"\nroot = this.apply(\"a\")"));
    }

    [Fact]
    public void An_error_in_an_imported_file()
    {
        Write("maps.blobl", "map a {\n  root = this.nme(\n}\n");
        Check(Blobl.Run("{}", "exec", $"import \"{folder}/maps.blobl\"\nroot = this.apply(\"a\")"));
    }

    [Fact]
    public void Three_errors_in_one_mapping() =>
        Check(Blobl.Run("{}", "exec", "root.a = this.name.uppercse()\nroot.b = = 2\nroot.c = nope(1)\nroot.d = this.d"));

    private string Write(string name, string content)
    {
        string path = Path.Combine(folder, name);
        File.WriteAllText(path, content, new UTF8Encoding(false));
        return path;
    }

    private void Check(Blobl.Outcome outcome, [System.Runtime.CompilerServices.CallerMemberName] string method = "") =>
        Snapshot.Verify(Portable(outcome.ToString()), method: method);

    /// <summary>The folder differs from run to run, and with it the length of the carets below it.</summary>
    private string Portable(string text) => text.Contains(folder, StringComparison.Ordinal)
        ? Regex.Replace(text.Replace(folder, "FOLDER", StringComparison.Ordinal), "\\^{5,}", "^^^^^")
        : text;
}
