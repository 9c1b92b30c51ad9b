using Mapping.Builtins.Objects;
using Mapping.Functions;
using Mapping.Values;

namespace Mapping.Tests.Builtins.Objects;

public sealed class ObjectTests
{
    private readonly Bench bench = new();

    [Fact]
    public void Merge_collects_and_assign_replaces()
    {
        Value left = bench.Object(("o", bench.Object(("k", One), ("l", bench.Array(One)))), ("s", Text("x")), ("n", default));
        Value right = bench.Object(("o", bench.Object(("k", Two), ("l", Two), ("z", default))), ("s", bench.Array(Text("y"))), ("n", default));
        Assert.Equal("{o:{k:[1,2],l:[1,2],z:null},s:[x,y],n:[null,null]}", Bench.Show(bench.Call(Merging.Merge, left, right)));
        Assert.Equal("{o:{k:2,l:2,z:null},s:[y],n:null}", Bench.Show(bench.Call(Merging.Assign, left, right)));
        Assert.Equal("{o:{k:1,l:[1]},s:x,n:null}", Bench.Show(left));
    }

    [Fact]
    public void Merge_of_other_kinds()
    {
        Assert.Equal("[1,2]", Bench.Show(bench.Call(Merging.Merge, bench.Array(One), bench.Array(Two))));
        Assert.Equal("[1,{k:2}]", Bench.Show(bench.Call(Merging.Assign, bench.Array(One), bench.Object(("k", Two)))));
        Assert.Equal("{k:1}", Bench.Show(bench.Call(Merging.Merge, bench.Object(("k", One)), bench.Array(Two))));
    }

    [Fact]
    public void Deep_merges_and_collapses_need_no_deep_stack()
    {
        Value left = One;
        Value right = Two;
        for (int i = 0; i < 9000; i++)
        {
            left = bench.Object(("k", left));
            right = bench.Object(("k", right));
        }

        Value merged = bench.Call(Merging.Merge, left, right);
        Assert.Equal(9001, merged.Depth);
        Value flat = bench.Call(Collapse.Declaration, merged);
        Assert.Equal(2, flat.Count);
    }

    [Fact]
    public void Collapse_drops_empty_containers_unless_told()
    {
        Value value = bench.Object(("e", bench.Object()), ("l", bench.Array(Text("x"), bench.Object(("y", bench.Array(Value.True, default))))), ("k", One));
        Assert.Equal("{k:1,l.0:x,l.1.y.0:true,l.1.y.1:null}", Bench.Show(bench.Call(Collapse.Declaration, value)));
        Assert.Equal("{e:{},k:1}", Bench.Show(bench.Call(Collapse.Declaration, bench.Object(("e", bench.Object()), ("k", One)), Value.True)));
        Assert.Equal("{}", Bench.Show(bench.Call(Collapse.Declaration, bench.Object(), Value.True)));
    }

    [Fact]
    public void Explode_copies_per_element_and_leaves_the_target()
    {
        Value value = bench.Object(("id", One), ("n", bench.Object(("l", bench.Array(Text("a"), Text("b"))), ("k", Two))));
        Assert.Equal("[{id:1,n:{l:a,k:2}},{id:1,n:{l:b,k:2}}]", Bench.Show(bench.Call(Explode.Declaration, value, Text("n.l"))));
        Assert.Equal("{id:1,n:{l:[a,b],k:2}}", Bench.Show(value));
        Assert.True(bench.Call(Explode.Declaration, value, Text("n.k")).IsError);
    }

    [Fact]
    public void With_and_without_follow_paths()
    {
        Value value = bench.Object(("a", bench.Object(("x", One), ("y", Two))), ("b", One), ("c", bench.Object(("d", Two))));
        Assert.Equal("{a:{x:1},c:{d:2}}", Bench.Show(bench.Call(Selection.With, value, Text("a.x"), Text("c"))));
        Assert.Equal("{a:{x:1,y:2}}", Bench.Show(bench.Call(Selection.With, value, Text("a.x"), Text("a"))));
        Assert.Equal("{a:{y:2},c:{}}", Bench.Show(bench.Call(Selection.Without, value, Text("a.x"), Text("b"), Text("c.d"), Text("b.q"))));
        Assert.True(bench.Call(Selection.With, value, One).IsError);
    }

    [Fact]
    public void Keys_are_sorted_and_new_keys_keep_the_order_of_the_source()
    {
        Value value = bench.Object(("b", One), ("a", Two));
        Assert.Equal("[a,b]", Bench.Show(bench.Call(Members.Keys, value)));
        Assert.Equal("[2,1]", Bench.Show(bench.Call(Members.Values, value)));
        var seen = new List<string>();
        Value renamed = bench.Call(Members.MapEachKey, value, bench.Query(key =>
        {
            seen.Add(key.AsHostString());
            return key.AsSpan()[0] == 'a' ? Text("z") : Value.Nothing;
        }));
        Assert.Equal("{b:1,z:2}", Bench.Show(renamed));
        Assert.Equal(["a", "b"], seen);
    }

    [Fact]
    public void A_limit_is_not_caught()
    {
        Value fatal = EvaluationContext.Exceeded("too much");
        Assert.True(bench.Call(Mapping.Builtins.General.Fallbacks.Catch, fatal, bench.Query(_ => One)).IsError);
        Assert.True(bench.Call(Mapping.Builtins.General.Fallbacks.Or, fatal, bench.Query(_ => One)).IsError);
        Assert.True(bench.Call(Mapping.Builtins.General.Conversions.Number, fatal, One).IsError);
        Assert.Equal("why", Bench.Show(bench.Call(Mapping.Builtins.General.Fallbacks.Catch, Value.Fail("why"), bench.Query(text => text))));
    }

    private static Value One => Value.FromInt64(1);

    private static Value Two => Value.FromInt64(2);

    private static Value Text(string text) => Value.FromString(text);
}
