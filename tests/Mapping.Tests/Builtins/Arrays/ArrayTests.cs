using Mapping.Builtins.Arrays;
using Mapping.Builtins.General;
using Mapping.Builtins.Numbers;
using Mapping.Functions;
using Mapping.Values;

namespace Mapping.Tests.Builtins.Arrays;

public sealed class ArrayTests
{
    private readonly Bench bench = new();

    [Fact]
    public void Sorting_is_exact_across_representations()
    {
        Value mixed = bench.Array(
            Value.FromFloat64(9007199254740992.0), Value.FromInt64(9007199254740993), Value.FromInt64(9007199254740991), Value.FromUInt64(ulong.MaxValue),
            Value.FromFloat64(double.NaN), Value.FromFloat64(double.NegativeInfinity), Value.FromInt64(-1), Value.FromFloat64(1e300));
        Assert.Equal(
            "[NaN,-Infinity,-1,9007199254740991,9007199254740992,9007199254740993,18446744073709551615u,1E+300]",
            Bench.Show(bench.Call(Sort.Plain, mixed)).Replace("9007199254740992.0", "9007199254740992", StringComparison.Ordinal));
    }

    [Fact]
    public void Sorting_texts_goes_by_bytes_and_mixtures_fail()
    {
        Assert.Equal("[Z,a,z,ä,日,｡,😀]", Bench.Show(bench.Call(Sort.Plain, Texts("z", "ä", "a", "Z", "日", "😀", "｡"))));
        Assert.True(bench.Call(Sort.Plain, bench.Array(Value.FromInt64(1), Value.FromString("a"))).IsError);
        Assert.True(bench.Call(Sort.Plain, bench.Array(Value.True, Value.False)).IsError);
        Assert.Equal("[null]", Bench.Show(bench.Call(Sort.Plain, bench.Array(Value.Null))));
    }

    [Fact]
    public void Sort_by_is_stable()
    {
        Value items = bench.Array([.. Enumerable.Range(0, 200).Select(i => Value.FromInt64(i))]);
        Value sorted = bench.Call(Sort.By, items, bench.Query(v => Value.FromInt64(v.AsInt64() % 3)));
        IEnumerable<long> expected = Enumerable.Range(0, 200).Select(i => (long)i).OrderBy(i => i % 3);
        Assert.Equal(expected, sorted.ArrayNode!.Items.ToArray().Select(v => v.AsInt64()));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(64)]
    [InlineData(1000)]
    public void Sorting_by_a_query_merges_runs(int count)
    {
        Value items = bench.Array([.. Enumerable.Range(0, count).Select(i => Value.FromInt64(i * 7919L % 1009))]);
        Value sorted = bench.Call(Sort.Plain, items, bench.Query(pair =>
            Value.FromBool(Member(pair, "left").AsInt64() > Member(pair, "right").AsInt64())));
        IEnumerable<long> expected = Enumerable.Range(0, count).Select(i => i * 7919L % 1009).OrderDescending();
        Assert.Equal(expected, sorted.ArrayNode!.Items.ToArray().Select(v => v.AsInt64()));
        Assert.Equal(count > 1, bench.Call(Sort.Plain, items, bench.Query(_ => Value.FromInt64(1))).IsError);
    }

    [Fact]
    public void Map_each_drops_keeps_and_reports_the_position()
    {
        Value items = bench.Array(Value.FromInt64(1), Value.FromInt64(2), Value.FromInt64(3));
        Value mapped = bench.Call(MapEach.Declaration, items, bench.Query(v => v.AsInt64() switch { 1 => Value.Deleted, 2 => Value.Nothing, _ => Value.True }));
        Assert.Equal("[2,true]", Bench.Show(mapped));
        Assert.Equal("[1,2,3]", Bench.Show(items));
        Value failed = bench.Call(MapEach.Declaration, items, bench.Query(v => v.AsInt64() == 2 ? Value.Fail("no") : v));
        Assert.Equal("!failed to process element 1: no", Bench.Show(failed));
    }

    [Fact]
    public void Map_each_on_objects_evaluates_by_key_and_keeps_the_order()
    {
        var seen = new List<string>();
        Value mapped = bench.Call(MapEach.Declaration, bench.Object(("b", Value.FromInt64(1)), ("a", Value.FromInt64(2))), bench.Query(item =>
        {
            seen.Add(Member(item, "key").AsHostString());
            return Value.FromInt64(Member(item, "value").AsInt64() * 10);
        }));
        Assert.Equal("{b:10,a:20}", Bench.Show(mapped));
        Assert.Equal(["a", "b"], seen);
    }

    [Fact]
    public void Iterators_do_not_allocate_once_warm()
    {
        Value query = bench.Query(v => v);
        Value keep = bench.Query(_ => Value.True);
        long used = 0;
        for (int round = 0; round < 20; round++)
        {
            bench.Context.Begin(bench.Context.Services, [], 0, false);
            Value items = Counted(500);
            long before = GC.GetAllocatedBytesForCurrentThread();
            ((MethodBody1)MapEach.Declaration.Body)(bench.Context, items, query);
            ((MethodBody1)Filter.Declaration.Body)(bench.Context, items, keep);
            ((MethodBody1)Sort.By.Body)(bench.Context, items, query);
            ((MethodBody)Totals.Sum.Body)(bench.Context, items);
            ((MethodBody2)Fold.Declaration.Body)(bench.Context, items, default, keep);
            used = GC.GetAllocatedBytesForCurrentThread() - before;
        }

        Assert.InRange(used, 0, 256);
    }

    [Fact]
    public void Unique_compares_by_value()
    {
        Value items = bench.Array(Value.FromInt64(1), Value.FromFloat64(1), Value.FromString("1"), Value.FromUInt64(1), Value.FromFloat64(0.5), Value.FromFloat64(0.5));
        Assert.Equal("[1,1,0.5]", Bench.Show(bench.Call(Unique.Declaration, items)));
        Assert.True(bench.Call(Unique.Declaration, bench.Array(Value.Null)).IsError);
    }

    [Fact]
    public void Totals_stay_exact()
    {
        Value items = bench.Array(Value.FromInt64(9007199254740993), Value.FromInt64(9007199254740992));
        Assert.Equal("9007199254740993", Bench.Show(bench.Call(Totals.Max, items)));
        Assert.Equal("18014398509481985", Bench.Show(bench.Call(Totals.Sum, items)));
        Assert.True(bench.Call(Totals.Sum, bench.Array(Value.FromInt64(2))).IsFloat64);
        Assert.True(double.IsNaN(bench.Call(Totals.Min, bench.Array(Value.FromInt64(2), Value.FromFloat64(double.NaN), Value.FromInt64(1))).AsFloat64()));
    }

    [Fact]
    public void Find_reads_the_wanted_value_as_the_left_side()
    {
        Assert.Equal(-1, bench.Call(Find.First, bench.Array(Value.True), Value.FromInt64(1)).AsInt64());
        Assert.Equal(0, bench.Call(Find.First, bench.Array(Value.FromInt64(1)), Value.True).AsInt64());
    }

    [Theory]
    [InlineData(0, 5, 2, "[0,2,4]")]
    [InlineData(5, 0, -2, "[5,3,1]")]
    [InlineData(5, 5, -1, "[]")]
    [InlineData(long.MaxValue - 2, long.MaxValue, 1, "[9223372036854775805,9223372036854775806]")]
    public void Ranges_end_before_the_stop(long start, long stop, long step, string expected) =>
        Assert.Equal(expected, Bench.Show(bench.Call(Ranges.Range, default, Value.FromInt64(start), Value.FromInt64(stop), Value.FromInt64(step))));

    [Theory]
    [InlineData(long.MinValue, long.MaxValue, 1)]
    [InlineData(5, 5, 1)]
    [InlineData(0, 3, 0)]
    public void Ranges_refuse(long start, long stop, long step) =>
        Assert.True(bench.Call(Ranges.Range, default, Value.FromInt64(start), Value.FromInt64(stop), Value.FromInt64(step)).IsError);

    private static Value Member(Value value, string key)
    {
        Assert.True(value.TryGetMember(System.Text.Encoding.UTF8.GetBytes(key), out Value member));
        return member;
    }

    private Value Texts(params string[] texts) => bench.Array([.. texts.Select(Value.FromString)]);

    private Value Counted(int count)
    {
        ArrayNode node = bench.Context.Arena.NewArray(count);
        for (int i = 0; i < count; i++)
        {
            node.Add(Value.FromInt64(count - i));
        }

        return Value.FromArray(node);
    }
}
