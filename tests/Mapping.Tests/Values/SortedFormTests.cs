using System.Text;
using Mapping.Values;

namespace Mapping.Tests.Values;

/// <summary>Objects with their keys in order.</summary>
public sealed class SortedFormTests
{
    [Fact]
    public void Few_members_are_in_byte_order_of_their_keys()
    {
        var random = new Random(20);
        for (int round = 0; round < 500; round++)
        {
            string[] keys = [.. Enumerable.Range(0, random.Next(KeySorting.Many)).Select(_ => Key(random)).Distinct(StringComparer.Ordinal)];
            Member[] members = Array.ConvertAll(keys, k => new Member(Value.FromString(k), Value.FromString(k)));
            KeySorting.SortFew(members);
            Array.Sort(keys, static (a, b) => Encoding.UTF8.GetBytes(a).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(b)));
            Assert.Equal(keys, members.Select(m => m.Key.ToString()));
            Assert.Equal(keys, members.Select(m => m.Value.ToString()));
        }
    }

    [Theory]
    [InlineData("""{"b":{"d":1,"c":{"z":"<","y":"\"é"}},"a":[{"f":0,"e":""}]}""", """{"a":[{"e":"","f":0}],"b":{"c":{"y":"\"é","z":"\u003c"},"d":1}}""")]
    [InlineData("""{"a":"plain","b":"a & b","c":"\u2028"}""", """{"a":"plain","b":"a \u0026 b","c":"\u2028"}""")]
    public void Objects_within_objects_are_sorted_as_well(string input, string expected)
    {
        CompiledMapping mapping = MappingEnvironment.Full.Compile("root = this.format_json(no_indent: true).string()");
        Assert.Equal(expected, RunOf(mapping, input));
    }

    /// <summary>Keys that begin alike, some of them longer than what is compared at once.</summary>
    private static string Key(Random random) =>
        string.Concat(Enumerable.Range(0, random.Next(12)).Select(_ => random.Next(9) == 0 ? "é" : ((char)('a' + random.Next(2))).ToString()));

    private static string RunOf(CompiledMapping mapping, string input)
    {
        var output = new System.Buffers.ArrayBufferWriter<byte>();
        Assert.Equal(MappingOutcome.Mapped, mapping.Run(Encoding.UTF8.GetBytes(input), output, out _));
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }
}
