using System.Diagnostics;
using System.Text;
using Mapping.Diagnostics;
using Mapping.Syntax;
using Mapping.Text;

namespace Mapping.Tests.Syntax;

/// <summary>Texts made to overflow a stack or to take forever; every one runs on a thread of the pool.</summary>
public sealed class HostileTextTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    public static TheoryData<string, string> TooDeep => new()
    {
        { "groups", "root = " + Repeat("(", 100_000) + "1" + Repeat(")", 100_000) },
        { "open groups", "root = " + Repeat("(", 100_000) },
        { "arrays", "root = " + Repeat("[", 100_000) + Repeat("]", 100_000) },
        { "objects", "root = " + Repeat("{\"a\":", 100_000) + "1" + Repeat("}", 100_000) },
        { "calls", "root = " + Repeat("f(", 100_000) + Repeat(")", 100_000) },
        { "lambdas", "root = " + Repeat("a -> ", 10_000) + "1" },
        { "lambdas in chains", "root = " + Repeat("1 + a -> ", 10_000) + "1" },
        { "ifs", "root = " + Repeat("if a { ", 10_000) + "1" + Repeat(" }", 10_000) },
        { "conditions", "root = " + Repeat("if ", 10_000) + "a" },
        { "matches", "root = " + Repeat("match a { _ => ", 10_000) + "1" + Repeat(" }", 10_000) },
        { "subjects", "root = " + Repeat("match ", 10_000) + "a" },
        { "if statements", Repeat("if a {\n", 10_000) + "root = 1\n" + Repeat("}\n", 10_000) },
        { "map tails", "root = a" + Repeat(".(a", 10_000) + Repeat(")", 10_000) },
    };

    public static TheoryData<string, string> Wrong => new()
    {
        { "signs", "root = " + Repeat("-", 100_000) + "1" },
        { "negations", "root = " + Repeat("!", 100_000) + "a" },
        { "mismatched", "root = " + Repeat("[", 50_000) + Repeat(")", 50_000) },
        { "closers", Repeat(")]}", 50_000) },
        { "quotes", Repeat("\"\n", 50_000) },
        { "open lines", "root = (" + Repeat("\nroot.a = (", 20_000) },
        { "open blocks", Repeat("map a {\n", 10_000) },
        { "dots", "root = a" + Repeat(".", 50_000) },
    };

    [Theory]
    [MemberData(nameof(TooDeep))]
    public async Task Deep_nesting_is_one_diagnostic(string what, string text)
    {
        IReadOnlyList<Diagnostic> found = await OnThePool(text, bag => MappingParser.ParseMapping(new SourceText(text), bag));
        Assert.True(found.Any(d => d.Code == DiagnosticCodes.NestedTooDeeply), what);
    }

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task Endless_mistakes_are_diagnostics(string what, string text)
    {
        IReadOnlyList<Diagnostic> found = await OnThePool(text, bag => MappingParser.ParseMapping(new SourceText(text), bag));
        Assert.True(found.Count > 0, what);
    }

    [Fact]
    public async Task Nine_hundred_levels_are_fine()
    {
        string text = "root = " + Repeat("[", 900) + Repeat("]", 900) + "\nroot.b = " + Repeat("a -> ", 900) + "1\n" + Repeat("if a {\n", 900) + Repeat("}\n", 900);
        MappingSyntax? mapping = null;
        IReadOnlyList<Diagnostic> found = await OnThePool(text, bag => mapping = MappingParser.ParseMapping(new SourceText(text), bag));
        Assert.Empty(found);
        Assert.Contains("array", SyntaxPrinter.Print(mapping!), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(" + 1")]
    [InlineData(" && a == 1 * 2")]
    [InlineData(".a")]
    [InlineData(".a()")]
    [InlineData("\n  .\"a b\"")]
    public async Task Long_chains_are_flat(string link)
    {
        string text = "root = a" + Repeat(link, 100_000);
        MappingSyntax? mapping = null;
        IReadOnlyList<Diagnostic> found = await OnThePool(text, bag => mapping = MappingParser.ParseMapping(new SourceText(text), bag));
        Assert.Empty(found);
        var statements = Assert.IsType<StatementsSyntax>(mapping);
        ExpressionSyntax value = Assert.IsType<AssignmentSyntax>(statements.Statements[0]).Value;
        int links = value is OperatorChainSyntax chain ? chain.Rest.Count : Assert.IsType<TailChainSyntax>(value).Tails.Count;
        Assert.Equal(100_000, links);
    }

    [Fact]
    public async Task Many_interpolations_take_linear_time()
    {
        string text = Repeat("a ${! this.b } ${! ( } ", 20_000);
        Assert.NotEmpty(await OnThePool(text, bag => MappingParser.ParseInterpolation(new SourceText(text), bag)));
    }

    private static async Task<IReadOnlyList<Diagnostic>> OnThePool(string text, Action<DiagnosticBag> parse)
    {
        var watch = Stopwatch.StartNew();
        var bag = new DiagnosticBag();
        await Task.Run(() => parse(bag)).WaitAsync(Patience);
        Assert.True(watch.Elapsed < Patience, $"{text.Length} characters took {watch.Elapsed}");
        return bag.ToList();
    }

    private static string Repeat(string part, int count) => new StringBuilder().Insert(0, part, count).ToString();
}
