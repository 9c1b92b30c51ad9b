using System.Text;
using System.Text.Json;
using Mapping.Values;
using Mapping.Values.Json;

namespace Mapping.Tests.Values.Json;

/// <summary>Members of large objects and elements of large arrays, by walks and by tables, against the reader of the platform.</summary>
public sealed class LargeContainerTests
{
    private const string LongKey = "a key too long to be known, by far: ";

    [Theory]
    [InlineData(255)]
    [InlineData(256)]
    [InlineData(3_000)]
    public void Every_member_is_found_again_and_again(int count)
    {
        var random = new Random(count);
        var document = new Document();
        for (int round = 0; round < 3; round++)
        {
            // Another document each time: what was found in the last one must be forgotten.
            Check(document, random, count, repeats: round == 1);
        }
    }

    [Fact]
    public void Several_large_objects_do_not_mix()
    {
        const int Objects = 40;
        const int Count = 300;
        string[] objects = [.. Enumerable.Range(0, Objects).Select(o =>
            "{" + string.Join(',', Enumerable.Range(0, Count).Select(i => $"\"{LongKey}{i}\":{(o * 1_000) + i}")) + "}")];
        byte[] text = Encoding.UTF8.GetBytes($"[{string.Join(',', objects)}]");
        var document = new Document();
        Assert.True(document.TryParse(text, 0, text.Length, strictUtf8: false, out _));
        for (int i = 0; i < Count; i++)
        {
            for (int o = 0; o < Objects; o++)
            {
                byte[] key = Encoding.UTF8.GetBytes(LongKey + i);
                Assert.True(document.TryFindMember(document.ElementAt(0, o), key, out int value));
                Assert.Equal((o * 1_000) + i, Number(document, value));
            }
        }
    }

    [Fact]
    public void Elements_of_a_large_array_are_found_in_any_order()
    {
        const int Count = 5_000;
        byte[] text = Encoding.UTF8.GetBytes($"[{string.Join(',', Enumerable.Range(0, Count).Select(i => i % 3 == 0 ? $"{i}" : $"[{i},[[]]]"))}]");
        var document = new Document();
        Assert.True(document.TryParse(text, 0, text.Length, strictUtf8: false, out _));
        var random = new Random(3);
        for (int i = 0; i < 3 * Count; i++)
        {
            int position = random.Next(Count);
            int element = document.ElementAt(0, position);
            Assert.Equal(position, Number(document, position % 3 == 0 ? element : document.FirstChild(element)));
        }

        Assert.Equal(-1, document.ElementAt(0, Count));
    }

    [Fact]
    public void Threads_may_make_tables_at_the_same_time()
    {
        const int Count = 2_000;
        byte[] text = Encoding.UTF8.GetBytes("{" + string.Join(',', Enumerable.Range(0, Count).Select(i => $"\"{LongKey}{i}\":{i}")) + "}");
        for (int round = 0; round < 10; round++)
        {
            var document = new Document();
            Assert.True(document.TryParse(text, 0, text.Length, strictUtf8: false, out _));
            Parallel.For(0, 4, worker =>
            {
                for (int i = worker; i < Count; i += 3)
                {
                    Assert.True(document.TryFindMember(0, Encoding.UTF8.GetBytes(LongKey + i), out int value));
                    Assert.Equal(i, Number(document, value));
                    Assert.False(document.TryFindMember(0, Encoding.UTF8.GetBytes(LongKey + (Count + i)), out _));
                }
            });
        }
    }

    /// <summary>So many keys are divided before they are compared; seven of a million have the same hash by chance.</summary>
    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public void Repeated_keys_among_very_many_are_noticed(bool shuffled, bool repeated)
    {
        int[] numbers = [.. Enumerable.Range(0, 200_000)];
        if (shuffled)
        {
            new Random(9).Shuffle(numbers);
        }

        if (repeated)
        {
            numbers[^1] = numbers[0];
        }

        byte[] text = Encoding.UTF8.GetBytes("{" + string.Join(',', numbers.Select(n => $"\"key {n:d6}\":0")) + "}");
        var document = new Document();
        Assert.True(document.TryParse(text, 0, text.Length, strictUtf8: false, out _));
        Assert.Equal(repeated, document.HasDuplicateKeys(0));
    }

    private static void Check(Document document, Random random, int count, bool repeats)
    {
        string[] names = [.. Enumerable.Range(0, count).Select(i => Name(random, i))];
        if (repeats)
        {
            names[random.Next(count / 2)] = names[^1];
            names[random.Next(count / 2)] = names[^2];
        }

        byte[] text = Encoding.UTF8.GetBytes("{" + string.Join(',', names.Select((n, i) => $"\"{n}\":{(random.Next(4) == 0 ? $"[{i},{{}}]" : $"{i}")}")) + "}");
        Assert.True(document.TryParse(text, 0, text.Length, strictUtf8: false, out _));
        Assert.Equal(repeats, document.HasDuplicateKeys(0));
        using JsonDocument expected = JsonDocument.Parse(text);
        var last = expected.RootElement.EnumerateObject().GroupBy(p => p.Name).ToDictionary(g => g.Key, g => g.Last().Value.GetRawText());
        PathSegment[] segments = [.. last.Keys.Select(k => new PathSegment(Encoding.UTF8.GetBytes(k)))];
        for (int i = 0; i < 6 * count; i++)
        {
            PathSegment segment = segments[random.Next(segments.Length)];
            int found = document.FindMember(0, segment);
            document.RawRange(found, out int offset, out int length);
            Assert.Equal(last[segment.Key.AsHostString()], Encoding.UTF8.GetString(text.AsSpan(offset, length)));
            Assert.False(document.TryFindMember(0, Encoding.UTF8.GetBytes($"missing {i}"), out _));
        }
    }

    private static string Name(Random random, int number) => random.Next(5) switch
    {
        0 => $"{LongKey}{number}",
        1 => $"\\u006b\\n{number}",
        2 => $"ключ{number}",
        3 => $"aaaaaaaa{number:d6}bbbbbbbb",
        _ => $"{number}",
    };

    private static int Number(Document document, int index)
    {
        document.RawRange(index, out int offset, out int length);
        return int.Parse(document.Buffer.AsSpan(offset, length), System.Globalization.CultureInfo.InvariantCulture);
    }
}
