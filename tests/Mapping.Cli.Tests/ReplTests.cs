using Mapping.Cli.Repl;
using Mapping.Testing;

namespace Mapping.Cli.Tests;

/// <summary>Sessions read from a pipe, recorded as a whole, and completion.</summary>
public sealed class ReplTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("blobl").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Statements_accumulate_and_expressions_change_nothing() => Check("""
        :input {"name":"ada","items":[{"price":2},{"price":3}]}
        root.name = this.name.uppercase()
        this.items.map_each(i -> i.price).sum()
        let rate = 2
        root.total = this.items.map_each(i ->
          i.price * $rate
        ).sum()
        meta kind = "order"
        :vars
        :undo
        """);

    [Fact]
    public void Errors_are_shown_in_place_and_not_kept() => Check("""
        :input {"name":5}
        root.a = 1
        root.b = this.name.uppercse()
        root.c = this.name.uppercase()
        this.name.trim()
        root.d = = 1
        :nxt
        :load missing.ndjson
        root.e = 2
        """);

    [Fact]
    public void Documents_are_loaded_and_the_mapping_is_saved()
    {
        string data = Path.Combine(folder, "data.ndjson");
        string saved = Path.Combine(folder, "saved.blobl");
        File.WriteAllText(data, "{\"id\":1}\n{\"id\":2}\n");
        Check($"""
            :load {data}
            :meta topic=orders
            root.id = this.id * 10
            root.topic = @topic
            :next
            :next
            :ast
            :ir root = 1 + 2
            :save {saved}
            root = deleted()
            :help upercase
            :quit
            root = "not reached"
            """);
        Assert.Equal("root.id = this.id * 10\nroot.topic = @topic\n", File.ReadAllText(saved));
    }

    [Theory]
    [InlineData("root.a = (1 +", true)]
    [InlineData("root.a = match this.a {\n  1 => 2", true)]
    [InlineData("map x {", true)]
    [InlineData("root.a = \"\"\"text", true)]
    [InlineData("root.a =", true)]
    [InlineData("root.a = \"text", false)]
    [InlineData("root.a = = 1", false)]
    [InlineData("root.a = 1", false)]
    [InlineData("# comment", false)]
    public void An_open_statement_goes_on(string text, bool expected) => Assert.Equal(expected, Session.IsIncomplete(text));

    [Theory]
    [InlineData("root.a = this.user.fi", "first_name")]
    [InlineData("this.user.first_name.upper", "uppercase")]
    [InlineData("root.a = $ra", "rate")]
    [InlineData(":nex", "next")]
    [InlineData("root.a = uuid_v4", "uuid_v4")]
    [InlineData("us", "user")]
    [InlineData("root.out", "outcome")]
    public void Tab_offers_what_can_stand_there(string before, string expected) => Assert.Contains(expected, Completion().Complete(before));

    [Fact]
    public void The_part_before_the_editors_word_is_left_off() =>
        Assert.Contains("name", Completion().GetCompletions("root.a = this.user.first_", "na", string.Empty)!);

    private static MappingCompletion Completion()
    {
        var session = new Session(TextWriter.Null);
        session.Documents.Set("""{"user":{"first_name":"Ada","a b":1}}""");
        session.Submit("let rate = 2");
        session.Submit("root.outcome = 1");
        return new MappingCompletion(session, new SessionCommands(session).Names);
    }

    private void Check(string input, [System.Runtime.CompilerServices.CallerMemberName] string method = "") =>
        Snapshot.Verify(Blobl.Run(input + "\n", "repl").ToString().Replace(folder, "FOLDER", StringComparison.Ordinal), method: method);
}
