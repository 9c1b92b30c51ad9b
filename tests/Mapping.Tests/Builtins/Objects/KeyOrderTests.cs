using System.Buffers;
using System.Text;
using System.Text.Json.Nodes;
using Mapping.Builtins.Objects;
using Mapping.Functions;
using Mapping.Values;

namespace Mapping.Tests.Builtins.Objects;

/// <summary>The order of keys, against a plain comparison of their bytes.</summary>
public sealed class KeyOrderTests
{
    [Theory]
    [InlineData(5)]
    [InlineData(33)]
    [InlineData(300)]
    [InlineData(5_000)]
    [InlineData(30_000)]
    public void Keys_come_in_the_order_of_their_bytes(int count)
    {
        var random = new Random(count);
        foreach (Func<Random, byte[]> make in Kinds)
        {
            byte[][] keys = [.. Enumerable.Range(0, count).Select(_ => make(random)).DistinctBy(Convert.ToHexString)];
            var node = new ObjectNode();
            foreach (byte[] key in keys)
            {
                node.AddNew(Value.FromKey(key), Value.True);
            }

            Array.Sort(keys, static (a, b) => a.AsSpan().SequenceCompareTo(b));
            Assert.Equal(keys.Select(Convert.ToHexString), Ordered(Value.FromObject(node)));
            Assert.Equal(keys.Select(Convert.ToHexString), Value.FromObject(node).SortedMembers().Select(m => Convert.ToHexString(m.Key.AsSpan())));
        }
    }

    public static TheoryData<string, Func<string, string>, int, bool> Renames => new()
    {
        { "k -> k.uppercase()", k => k.ToUpperInvariant(), 5_000, false },
        { "k -> k.slice(1)", k => k[1..], 5_000, false },
        { "k -> k.slice(-3)", k => k[^3..], 5_000, true },
        { "k -> if k.has_suffix(\"77\") { \"same\" }", k => k.EndsWith("77", StringComparison.Ordinal) ? "same" : k, 6_000, true },
        { "k -> k.slice(0, 4)", k => k[..4], 100, true },
    };

    /// <summary>With many keys it is found out at the end whether some have become the same; then the last value counts, at the first place.</summary>
    [Theory]
    [MemberData(nameof(Renames), DisableDiscoveryEnumeration = true)]
    public void Renamed_keys_may_become_the_same(string query, Func<string, string> rename, int count, bool repeats)
    {
        int[] numbers = [.. Enumerable.Range(0, count)];
        new Random(2).Shuffle(numbers);
        JsonObject source = [];
        JsonObject expected = [];
        foreach (int number in numbers)
        {
            string key = $"a longer key than is ever known {number:d6}";
            source[key] = number;
            expected[rename(key)] = number;
        }

        CompiledMapping mapping = MappingEnvironment.Restricted.Compile($"root = this.map_each_key({query})");
        var output = new ArrayBufferWriter<byte>();
        Assert.Equal(MappingOutcome.Mapped, mapping.Run(Encoding.UTF8.GetBytes(source.ToJsonString()), output, out _));
        Assert.Equal(expected.ToJsonString(), Encoding.UTF8.GetString(output.WrittenSpan));
        Assert.Equal(repeats, expected.Count < count);
    }

    private static Func<Random, byte[]>[] Kinds =>
    [
        r => Encoding.UTF8.GetBytes($"field_{r.Next(1_000_000):d8}"),
        r => Encoding.UTF8.GetBytes($"{new string('x', r.Next(3) * 9)}{r.Next(100)}{new string('y', r.Next(30))}{r.Next(10_000)}"),
        r => Encoding.UTF8.GetBytes(new string([.. Enumerable.Range(0, r.Next(12)).Select(_ => "aäé€\0ж\u007f"[r.Next(7)])])),
        r => [.. Enumerable.Range(0, r.Next(20)).Select(_ => (byte)(r.Next(2) * 255))],
        r => [.. Enumerable.Repeat((byte)7, r.Next(400)), (byte)r.Next(256), (byte)r.Next(256)],
    ];

    private static List<string> Ordered(Value value)
    {
        var context = new EvaluationContext();
        context.Begin(new BuiltinServices(), [], 0, isMutation: false);
        using var members = new OrderedMembers(context, value);
        var found = new List<string>();
        foreach (ref readonly Member member in members.Sorted)
        {
            found.Add(Convert.ToHexString(member.Key.AsSpan()));
        }

        return found;
    }
}
