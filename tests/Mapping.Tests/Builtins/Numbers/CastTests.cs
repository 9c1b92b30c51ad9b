using System.Text;
using Mapping.Builtins;
using Mapping.Builtins.Numbers;
using Mapping.Functions;
using Mapping.Values;

namespace Mapping.Tests.Builtins.Numbers;

public sealed class CastTests
{
    private readonly Bench bench = new();

    [Theory]
    [InlineData("0x1F", 31)]
    [InlineData("0b101", 5)]
    [InlineData("0o17", 15)]
    [InlineData("017", 15)]
    [InlineData("+5", 5)]
    [InlineData("-0x80", -128)]
    [InlineData("1_2", 12)]
    [InlineData("0", 0)]
    public void Reads_integers(string text, long expected) => Assert.Equal(expected, bench.Call(Casts.Int8, Value.FromString(text)).AsInt64());

    [Theory]
    [InlineData("08")]
    [InlineData("_1")]
    [InlineData("1__0")]
    [InlineData("1_")]
    [InlineData("0x")]
    [InlineData("")]
    [InlineData("-")]
    [InlineData(" 7")]
    [InlineData("1e2")]
    [InlineData("12.0")]
    [InlineData("٣")]
    [InlineData("128")]
    [InlineData("99999999999999999999999999999999999999999999")]
    public void Refuses_integers(string text) => Assert.True(bench.Call(Casts.Int8, Value.FromString(text)).IsError);

    [Fact]
    public void A_number_of_the_input_is_read_by_its_spelling()
    {
        byte[] spelling = Encoding.ASCII.GetBytes("12.0");
        Assert.True(bench.Call(Casts.Int64, Value.FromLexical(spelling, 0, spelling.Length)).IsError);
        Assert.Equal(12, bench.Call(Casts.Int64, Value.FromFloat64(12)).AsInt64());
        Assert.Equal(ulong.MaxValue, bench.Call(Casts.UInt64, Value.FromString("18446744073709551615")).AsUInt64());
        Assert.True(bench.Call(Casts.UInt8, Value.FromString("+5")).IsError);
        Assert.True(bench.Call(Casts.Int64, Value.FromFloat64(double.NaN)).IsError);
    }

    [Theory]
    [InlineData("1_000.5", 1000.5)]
    [InlineData("0x1.8p3", 12)]
    [InlineData("0x1p-1074", double.Epsilon)]
    [InlineData("-InF", double.NegativeInfinity)]
    [InlineData("nan", double.NaN)]
    [InlineData(".5e1", 5)]
    [InlineData("1e-400", 0)]
    public void Reads_floats(string text, double expected) => Assert.Equal(expected, bench.Call(Casts.Float64, Value.FromString(text)).AsFloat64());

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("1e")]
    [InlineData("0x1")]
    [InlineData("+nan")]
    [InlineData("1,5")]
    [InlineData("1e400")]
    [InlineData("--1")]
    public void Refuses_floats(string text) => Assert.True(bench.Call(Casts.Float64, Value.FromString(text)).IsError);

    [Fact]
    public void Narrow_floats_keep_their_shortest_digits()
    {
        Assert.Equal(0.1, bench.Call(Casts.Float32, Value.FromFloat64(0.1)).AsFloat64());
        Assert.Equal(123456790, bench.Call(Casts.Float32, Value.FromFloat64(123456789)).AsFloat64());
        Assert.True(bench.Call(Casts.Float32, Value.FromString("3.5e38")).IsError);
    }

    [Fact]
    public void Random_numbers_stay_within_their_bounds_and_repeat()
    {
        Value[] arguments = [Value.FromInt64(7), Value.FromInt64(3), Value.FromInt64(5)];
        var body = (PreparedBody<object>)RandomInt.Declaration.Body;
        object first = RandomInt.Declaration.Prepare!(bench.Context.Services, arguments).State!;
        object second = RandomInt.Declaration.Prepare!(bench.Context.Services, arguments).State!;
        long[] one = [.. Enumerable.Range(0, 100).Select(_ => body(bench.Context, default, first, arguments).AsInt64())];
        long[] two = [.. Enumerable.Range(0, 100).Select(_ => body(bench.Context, default, second, arguments).AsInt64())];
        Assert.Equal(one, two);
        Assert.Equal([3L, 4L, 5L], one.Distinct().Order());
    }

    [Fact]
    public void Everything_is_declared_with_examples_and_texts()
    {
        Registry full = Catalogue.Full;
        foreach (Builtin builtin in full.Functions.Values.Concat(full.Methods.Values))
        {
            Assert.NotEmpty(builtin.Summary);
            Assert.All(builtin.Parameters, static p => Assert.NotEmpty(p.Summary));
            Assert.True(builtin.Examples.Sum(static e => e.Results.Count) >= 2, builtin.Name);
            Assert.Equal(builtin.Prepare is not null, builtin.Body is PreparedBody<object>);
        }
    }
}
