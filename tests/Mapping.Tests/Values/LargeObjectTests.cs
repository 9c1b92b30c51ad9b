using System.Text;
using Mapping.Values;

namespace Mapping.Tests.Values;

/// <summary>Random changes of objects small and large, against a list that is searched from its start.</summary>
public sealed class LargeObjectTests
{
    private readonly List<(string Key, long Value)> expected = [];
    private readonly Dictionary<string, PathSegment> segments = [];
    private ObjectNode node = new();

    /// <param name="keys">Different keys.</param>
    /// <param name="ascending">How many are added in their order first.</param>
    [Theory]
    [InlineData(10, 0)]
    [InlineData(20, 17)]
    [InlineData(60, 0)]
    [InlineData(1_000, 300)]
    [InlineData(2_500, 0)]
    public void Any_changes_leave_what_they_should(int keys, int ascending)
    {
        var arena = new Arena();
        for (int round = 0; round < 4; round++)
        {
            var random = new Random(round);
            arena.Reset();
            node = arena.NewObject();
            expected.Clear();
            for (int i = 0; i < ascending; i++)
            {
                Set($"key{i:d5}", i, asSegment: false);
            }

            for (int i = 0; i < keys * 3; i++)
            {
                string key = $"key{random.Next(keys):d5}";
                switch (random.Next(12))
                {
                    case 0:
                        Assert.Equal(expected.RemoveAll(m => m.Key == key) > 0, node.Remove(Bytes(key)));
                        break;
                    case 1:
                        Assert.Equal(expected.RemoveAll(m => m.Key == key) > 0, node.Remove(Segment(key)));
                        break;
                    case 2 when expected.Count > 0:
                        Assert.True(node.Remove(Bytes(expected[^1].Key)));
                        expected.RemoveAt(expected.Count - 1);
                        break;
                    case 3:
                        bool isNew = expected.TrueForAll(m => m.Key != key);
                        Assert.Equal(isNew, node.TryAddNew(Value.FromKey(Bytes(key)), Value.FromInt64(i)));
                        if (isNew)
                        {
                            expected.Add((key, i));
                        }

                        break;
                    case var kind:
                        Set(key, i, asSegment: kind < 8);
                        break;
                }

                Look($"key{random.Next(keys):d5}");
            }

            Assert.Equal(expected.Count, node.Count);
            Assert.Equal(expected, Present());
        }
    }

    /// <summary>Setting and removing the last member again and again neither grows a table for ever nor finds what is gone.</summary>
    [Fact]
    public void A_member_that_comes_and_goes_is_there_or_not()
    {
        for (int i = 0; i < 100; i++)
        {
            Set($"k{(i * 37) % 100}", i, asSegment: false);
        }

        for (int i = 0; i < 10_000; i++)
        {
            string key = $"new{i % 7}";
            Set(key, i, asSegment: i % 2 == 0);
            Look(key);
            Assert.True(node.Remove(Bytes(key)));
            expected.RemoveAt(expected.Count - 1);
            Look(key);
            Look("k37");
        }

        Assert.Equal(expected, Present());
    }

    [Fact]
    public void Repeated_keys_among_many_are_noticed()
    {
        const int Count = 20_000;
        var random = new Random(5);
        foreach (bool repeat in (bool[])[false, true])
        {
            int[] numbers = [.. Enumerable.Range(0, Count)];
            random.Shuffle(numbers);
            var many = new ObjectNode();
            foreach (int number in numbers)
            {
                many.AddNew(Value.FromKey(Bytes($"k{(repeat && number == 11 ? 12 : number)}")), Value.True);
            }

            Assert.Equal(repeat, many.MayRepeatKeys());
        }
    }

    private void Set(string key, long value, bool asSegment)
    {
        if (asSegment)
        {
            node.Set(Segment(key), Value.FromInt64(value));
        }
        else
        {
            node.Set(Value.FromKey(Bytes(key)), Value.FromInt64(value));
        }

        int at = expected.FindIndex(m => m.Key == key);
        if (at < 0)
        {
            expected.Add((key, value));
        }
        else
        {
            expected[at] = (key, value);
        }
    }

    private void Look(string key)
    {
        int at = expected.FindIndex(m => m.Key == key);
        Assert.Equal(at >= 0, node.TryGet(Bytes(key), out Value found));
        Assert.Equal(at >= 0, node.TryGet(Segment(key), out Value same));
        if (at >= 0)
        {
            Assert.Equal(expected[at].Value, found.AsInt64());
            Assert.Equal(expected[at].Value, same.AsInt64());
        }
    }

    private List<(string Key, long Value)> Present()
    {
        var present = new List<(string Key, long Value)>();
        foreach (Member member in Value.FromObject(node).Members)
        {
            present.Add((member.Key.AsHostString(), member.Value.AsInt64()));
        }

        return present;
    }

    private PathSegment Segment(string key) =>
        segments.TryGetValue(key, out PathSegment? segment) ? segment : segments[key] = new PathSegment(Bytes(key));

    private static byte[] Bytes(string key) => Encoding.UTF8.GetBytes(key);
}
