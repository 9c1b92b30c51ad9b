using Mapping.Ir;
using Mapping.Text;

namespace Mapping.Tests.Paths;

/// <summary>What a mapping reads, copies and writes, told from its text alone.</summary>
public class PathAnalysisTests
{
    [Theory]
    [InlineData("root.x = this.a.b + 1", "this.a.b", "")]
    [InlineData("root.x = a.b", "", "root.x <- this.a.b")]
    [InlineData("root = this", "", "root <- this")]
    [InlineData("root = this\nroot.secret = deleted()", "this (shape)", "root <- this except root.secret")]
    [InlineData("root = this\nroot.a.b = 1", "this.a (shape)", "root <- this except root.a; root.a <- this.a except root.a.b")]
    [InlineData("root = this.without(\"a\", \"b.c\")", "this.b (shape)", "root <- this except root.a, root.b; root.b <- this.b except root.b.c")]
    [InlineData("root = this.a | this.b", "this.a (shape)", "root <- this.a; root <- this.b")]
    [InlineData("root = this.a.or(this.b).catch(this.c)", "this.a (shape)", "root <- this.a; root <- this.b")]
    [InlineData("root = this.a.not_null()", "this.a (shape)", "root <- this.a")]
    [InlineData("root.t = this.a.type()", "this.a (shape)", "")]
    [InlineData("root.x = this.a.b.uppercase()\nroot.y = this.a", "this.a.b", "root.y <- this.a")]
    [InlineData("root.x = {\"k\": this.a, \"l\": [this.b, 1]}", "", "root.x.k <- this.a; root.x.l.0 <- this.b")]
    [InlineData("root.x = [this.a, if this.b { 1 }]", "this.b", "root.x[] <- this.a")]
    [InlineData("root = {\"a\": {\"b\": this.x}}.a.b", "", "root <- this.x")]
    [InlineData("root = {this.k: this.v}", "this.k", "root[] <- this.v")]
    public void Expressions(string mapping, string reads, string copies) => Check(mapping, reads, copies);

    [Theory]
    [InlineData("root = this.items.map_each(i -> i.price * 2)", "this.items[].price", "")]
    [InlineData("root = this.items.map_each(i -> i.price)", "this.items (shape)", "root[] <- this.items[].price")]
    [InlineData("root = this.items.map_each(this.price * 2)", "this.items[].price", "")]
    [InlineData("root = this.items.map_each(i -> i.price * this.rate)", "this.items[].price; this.rate", "")]
    [InlineData("root = this.items.map_each(i -> {\"p\": i.price, \"q\": this.y})", "this.items (shape)", "root[].p <- this.items[].price; root[].q <- this.y")]
    [InlineData("root = this.items.map_each(i -> if i.ok { i.v })", "this.items[].ok", "root[] <- this.items[].v; root[] <- this.items[]; root[] <- this.items[].value")]
    [InlineData("root = this.items.map_each(kv -> kv.value.n * 2)", "this.items[].value.n", "")]
    [InlineData("root = this.items.filter(i -> i.ok)", "this.items[].ok", "root[] <- this.items[]; root[] <- this.items[].value")]
    [InlineData("root = this.items.filter(i -> i.ok).map_each(i -> i.v)", "this.items[].ok", "root[] <- this.items[].v")]
    [InlineData("root = this.items.filter(i -> i.ok).a.b", "this.items[].ok", "root <- this.items[].b; root <- this.items[].value.b")]
    [InlineData("root = this.items.sort_by(i -> i.at).map_each(i -> i.id)", "this.items[].at", "root[] <- this.items[].id")]
    [InlineData("root = this.items.sort(p -> p.left.at < p.right.at)", "this.items[].at", "root[] <- this.items[]")]
    [InlineData("root = this.items.unique(i -> i.id)", "this.items[].id", "root[] <- this.items[]")]
    [InlineData("root = this.items.unique()", "this.items", "")]
    [InlineData("root = this.items.any(i -> i.n > 3)", "this.items[].n", "")]
    [InlineData("root = this.items.fold(0, f -> f.tally + f.value.n)", "this.items[].n", "")]
    [InlineData("root = this.items.fold([], f -> f.tally.append(f.value))", "this.items[]", "")]
    [InlineData("root = this.items.map_each_key(k -> k.uppercase())", "this.items (shape)", "root[] <- this.items[]; root[] <- this.items[].value")]
    [InlineData("root = this.items.index(0).name", "this.items (shape)", "root <- this.items[].name")]
    [InlineData("root = this.items.\"*\".name", "this.items[].name (shape)", "root[] <- this.items[].name; root <- this.items.\"*\".name")]
    [InlineData("root = this.m.map_each(r -> r.map_each(c -> c.v + 1))", "this.m[][].v", "")]
    public void Iterations(string mapping, string reads, string copies) => Check(mapping, reads, copies);

    [Theory]
    [InlineData("root = match this.t { \"a\" => this.x, _ => _ -> this.y }", "this.t", "root <- this.t.x; root <- this.y")]
    [InlineData("root = match this.t { this.k == 1 => this.x }", "this.t.k", "root <- this.t.x")]
    [InlineData("root = match { this.k == 1 => this.x }", "this.k", "root <- this.x")]
    [InlineData("root = this.a.(this.b.(this.c + 1))", "this.a.b.c", "")]
    [InlineData("root = this.a.(x -> x.b + this.c)", "this.a.b; this.c", "")]
    [InlineData("root = this.a.(x -> this.b.(y -> x.p + y.q))", "this.a.p; this.b.q", "")]
    [InlineData("root = this.a.(x -> [this]).index(0).b", "", "root <- this.b")]
    [InlineData("root = doc -> doc.a.b", "", "root <- this.a.b")]
    [InlineData("root = this.a.map(this.b)", "", "root <- this.a.b")]
    [InlineData("root = this.a.number().catch(this.length())", "this.a", "")]
    [InlineData("root = this.a.number().catch(_ -> this.b)", "this.a", "root <- this.b")]
    public void Contexts(string mapping, string reads, string copies) => Check(mapping, reads, copies);

    [Theory]
    [InlineData("root = this.get(\"a.b\")", "", "root <- this.a.b")]
    [InlineData("root = this.exists(\"a.b\")", "this.a.b (shape)", "")]
    [InlineData("root = this.a.get(this.path)", "this.a; this.path", "")]
    [InlineData("let p = \"b\"\nroot = this.a.get($p)", "this.a", "")]
    [InlineData("root = json(\"a.b\")", "this.a.b", "")]
    [InlineData("root = json(this.p)", "this", "")]
    [InlineData("root = json()", "this", "")]
    public void Paths_in_texts(string mapping, string reads, string copies) => Check(mapping, reads, copies);

    [Theory]
    [InlineData("let v = this.a\nroot.x = $v.b + 1\nroot.y = $v.c", "this.a.b", "root.y <- this.a.c")]
    [InlineData("let v = this.a\nlet v = this.b\nroot = $v", "", "root <- this.b")]
    [InlineData("let v = this.a\nif this.c == 1 {\n  let v = this.b\n}\nroot = $v", "this.c", "root <- this.a; root <- this.b")]
    [InlineData("let v = this.a\nlet v = nothing()\nroot = $v", "", "root <- this.a")]
    [InlineData("let v = this.a\nlet w = this.b\nroot = var(this.n)", "this.n", "root <- this.a; root <- this.b")]
    [InlineData("root.a = this.x\nroot.b = root.a.y\nroot.c = root.a.z + 1", "this.x.z", "root.a <- this.x; root.b <- this.x.y")]
    [InlineData("root = this\nroot.n = root.a + 1\nroot.a = 5", "this.a", "root <- this except root.a, root.n")]
    [InlineData("root = this\nroot = {\"a\": root.b}", "", "root.a <- this.b")]
    [InlineData("root.a = 1\nroot.b = root.length()", "", "")]
    [InlineData("root = this\nroot.b = root.length()", "this", "root <- this except root.b")]
    [InlineData("root.a = this.l\nroot.a.\"-\" = this.x\nroot.b = root.a.0", "this.l (shape)", "root.a <- this.l; root.a[] <- this.x; root.b <- this.x; root.b <- this.l.0")]
    [InlineData("root.a = this.l\nroot.a.0 = deleted()", "this.l (shape)", "root.a <- this.l; root.a[] <- this.l[]")]
    [InlineData("root = this\nroot.a = if this.c { 1 }", "this.c", "root <- this except root.a; root.a <- this.a")]
    [InlineData("root = this\nif this.c {\n  root.a = 1\n} else {\n  root = this.b\n}", "this.c", "root <- this.b except root.a; root <- this except root.a; root.a <- this.b.a")]
    [InlineData("meta k = this.a\nroot = @k", "this.a", "")]
    public void Statements(string mapping, string reads, string copies) => Check(mapping, reads, copies);

    [Theory]
    [InlineData("map m {\n  root.x = this.a\n  root.y = this.b * 2\n}\nroot = this.k.apply(\"m\")", "this.k.b", "root.x <- this.k.a")]
    [InlineData("map m {\n  root = this.a.apply(\"n\")\n}\nmap n {\n  root = this.b\n}\nroot.x = this.apply(\"m\")", "", "root.x <- this.a.b")]
    [InlineData("map m {\n  root = _ -> this.c\n}\nroot = this.a.(this.b.apply(\"m\"))", "", "root <- this.a.c")]
    [InlineData("map m {\n  root = this.a\n}\nroot = this.items.map_each(i -> i.apply(\"m\"))", "this.items (shape)", "root[] <- this.items[].a")]
    [InlineData("map m {\n  root = this.a\n}\nmap n {\n  root = this.b\n}\nroot = this.k.apply(this.n)", "this.n", "root <- this.k.a; root <- this.k.b")]
    [InlineData("map m {\n  root = this.next.apply(\"m\") | this.v\n}\nroot = this.list.apply(\"m\")", "this.list.next; this.list.v", "")]
    [InlineData("map m {\n  root = this.a.apply(\"n\")\n}\nmap n {\n  root.r = this.b.apply(\"m\")\n  root.c = this.c\n}\nroot.x = this.d.apply(\"m\")", "this.d.a.b; this.d.a.c", "")]
    [InlineData("map m {\n  root.m = this\n}\nroot = this.apply(\"none\")", "", "")]
    public void Maps(string mapping, string reads, string copies) => Check(mapping, reads, copies);

    [Theory]
    [InlineData("meta k = \"x\"")]
    [InlineData("meta k = @a.uppercase()\nmeta l = metadata(\"k\")")]
    [InlineData("root = content().uppercase()")]
    [InlineData("root.at = now()\nroot.n = root.at.length()")]
    public void Mappings_that_never_parse(string mapping) => Assert.False(Find(mapping).NeedsDocument);

    [Theory]
    [InlineData("root = this")]
    [InlineData("root = json(\"a\")")]
    [InlineData("root = x -> 1")]
    [InlineData("root = match { _ => 1 }")]
    [InlineData("root = if @k == \"x\" { this }")]
    public void Mappings_that_parse(string mapping) => Assert.True(Find(mapping).NeedsDocument);

    [Fact]
    public void The_raw_body_is_told_apart_from_the_document()
    {
        MappingPaths paths = Find("root = content().length()");
        Assert.True(paths.ReadsBody);
        Assert.Equal(["content()"], paths.Reads());
        Assert.False(Find("root = this").ReadsBody);
    }

    [Fact]
    public void Written_paths_are_those_of_the_statements()
    {
        MappingPaths paths = Find("map m {\n  root.inner = 1\n}\nroot.b.\"x y\" = 1\nif this.c {\n  a = 2\n  meta k = 1\n} else {\n  root = 3\n}\nmeta \"a b\" = 1\nmeta = {}");
        Assert.Equal(["@", "@\"a b\"", "@k", "root", "root.a", "root.b.\"x y\""], paths.Written);
    }

    [Fact]
    public void Large_and_hostile_mappings_end()
    {
        string doubling = "let x = this\n" + string.Concat(Enumerable.Repeat("let x = [$x, $x]\n", 200)) + "root = $x";
        Assert.Equal(["this"], Find(doubling).Reads());
        string maps = string.Concat(Enumerable.Range(0, 40).Select(i => $"map m{i} {{\n  root.a = this.apply(\"m{i + 1}\")\n  root.b = this.apply(\"m{i + 1}\")\n}}\n"));
        Assert.Equal(["this"], Find(maps + "map m40 {\n  root = this.x\n}\nroot = this.apply(\"m0\")").Reads());
        string branches = string.Concat(Enumerable.Range(0, 500).Select(i => $"if this.c{i} {{\n  root.a{i} = this.b{i}\n}}\n"));
        Assert.Equal(500, Find(branches).Copies.Count);
        string wild = "root = this" + string.Concat(Enumerable.Repeat(".\"*\"", 60));
        Assert.Equal(["this"], Find(wild).Reads());
        string far = "root = this\nroot" + string.Concat(Enumerable.Repeat(".a", 20_000)) + " = this.b\nroot" + string.Concat(Enumerable.Repeat(".a", 20_000)) + " = deleted()";
        Assert.Equal(["this"], Find(far).Reads());
        string nested = "root = " + string.Concat(Enumerable.Repeat("{\"k\": [", 150)) + "this.a" + string.Concat(Enumerable.Repeat("]}", 150));
        Assert.Equal(["this.a"], Find(nested).Reads());
        string deep = "root = this" + string.Concat(Enumerable.Repeat(".a", 5_000)) + " + 1";
        Assert.StartsWith("this.a.a", Assert.Single(Find(deep).Reads()), StringComparison.Ordinal);
    }

    [Fact]
    public void Keys_are_told_apart_by_their_bytes() =>
        Check("root.x = this.\"\\xff\" + 1\nroot.y = this.\"\\xfe\"\nroot.z = this.\"é.b\"", "this.\"\uFFFD\"", "root.x.k <- this.x", compareCopies: false);

    private static void Check(string mapping, string reads, string copies, bool compareCopies = true)
    {
        MappingPaths paths = Find(mapping);
        Assert.Equal(Sorted(reads.Split("; ", StringSplitOptions.RemoveEmptyEntries)), Sorted(paths.Reads()));
        if (compareCopies)
        {
            Assert.Equal(Sorted(copies.Split("; ", StringSplitOptions.RemoveEmptyEntries)), Sorted(paths.Copies.Select(c => c.ToString())));
        }
    }

    private static string Sorted(IEnumerable<string> lines) => string.Join("\n", lines.Order(StringComparer.Ordinal));

    private static MappingPaths Find(string mapping)
    {
        BoundMapping? bound = MappingEnvironment.Full.Bind(new SourceText(mapping), out var diagnostics);
        Assert.True(bound is not null, string.Join("\n", diagnostics));
        return bound.Paths;
    }
}
