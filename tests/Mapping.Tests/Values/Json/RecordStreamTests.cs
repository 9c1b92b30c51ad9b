using System.Text;
using System.Text.Json;
using Mapping.Values;
using Mapping.Values.Json;

namespace Mapping.Tests.Values.Json;

/// <summary>
/// Records of a stream that resemble each other more or less: the parser guesses keys, and paths look where they found something last. Whatever
/// came before, every look-up must agree with the reader of the platform.
/// </summary>
public sealed class RecordStreamTests
{
    private static readonly string[] Names =
        [.. Enumerable.Range(0, 12).Select(i => $"k{i}"), "k", "a key of more than thirty-two bytes, quoted", "über", "with \\\"quotes\\\"", "\\u006b1", ""];

    [Fact]
    public void Every_key_is_found_where_it_is_and_nowhere_else()
    {
        var random = new Random(7);
        var segments = Names.Select(n => new PathSegment(Decoded(n))).ToArray();
        var document = new Document();
        for (int i = 0; i < 4_000 * TestScale.Factor; i++)
        {
            Check(document, segments, Record(random, Names));
        }
    }

    [Fact]
    public void Threads_that_learn_the_same_keys_do_not_mislead_each_other()
    {
        // Names of its own, so that the keys are new when the threads meet them.
        string[] names = [.. Enumerable.Range(0, 40).Select(i => $"own{i}")];
        var segments = names.Select(n => new PathSegment(Decoded(n))).ToArray();
        Parallel.For(0, 8, worker =>
        {
            var random = new Random(worker);
            var document = new Document();
            for (int i = 0; i < 500 * TestScale.Factor; i++)
            {
                Check(document, segments, Record(random, names));
            }
        });
    }

    [Fact]
    public void More_keys_than_are_ever_remembered_are_still_found()
    {
        var document = new Document();
        for (int i = 0; i < 20; i++)
        {
            string[] names = [.. Enumerable.Range(0, 600).Select(k => $"r{i}k{k}")];
            byte[] text = Encoding.UTF8.GetBytes("{" + string.Join(',', names.Select((n, at) => $"\"{n}\":{at}")) + "}");
            Assert.True(document.TryParse(text, 0, text.Length, strictUtf8: false, out _));
            for (int k = 0; k < names.Length; k++)
            {
                var segment = new PathSegment(Encoding.UTF8.GetBytes(names[k]));
                document.RawRange(document.FindMember(0, segment), out int offset, out int length);
                Assert.Equal(k.ToString(System.Globalization.CultureInfo.InvariantCulture), Encoding.UTF8.GetString(text.AsSpan(offset, length)));
            }
        }
    }

    private static byte[] Decoded(string name) => Encoding.UTF8.GetBytes(JsonSerializer.Deserialize<string>($"\"{name}\"")!);

    private static string Record(Random random, string[] names)
    {
        var text = new StringBuilder();
        Object(text, random, names, depth: 0);
        return text.ToString();
    }

    /// <summary>Mostly the same names in the same order, some missing, seldom in another order or twice.</summary>
    private static void Object(StringBuilder text, Random random, string[] names, int depth)
    {
        string space = random.Next(8) == 0 ? " " : "";
        List<string> keys = [.. names.Where(_ => random.Next(10) < 8)];
        if (random.Next(6) == 0)
        {
            keys = [.. keys.OrderBy(_ => random.Next())];
        }

        if (keys.Count > 0 && random.Next(6) == 0)
        {
            keys.Insert(random.Next(keys.Count), keys[random.Next(keys.Count)]);
        }

        text.Append('{').Append(space);
        for (int i = 0; i < keys.Count; i++)
        {
            text.Append(i == 0 ? "" : ",").Append(space).Append('"').Append(keys[i]).Append('"').Append(random.Next(12) == 0 ? " " : "").Append(':').Append(space);
            Value(text, random, names, depth + 1);
        }

        text.Append(space).Append('}');
    }

    private static void Value(StringBuilder text, Random random, string[] names, int depth)
    {
        switch (random.Next(depth < 3 ? 12 : 10))
        {
            case 10:
                Object(text, random, [.. names.Take(5)], depth);
                break;
            case 11:
                text.Append('[');
                for (int i = random.Next(4); i > 0; i--)
                {
                    Object(text, random, [.. names.Take(4)], depth);
                    text.Append(i > 1 ? "," : "");
                }

                text.Append(']');
                break;
            case var kind:
                text.Append(kind < 4 ? random.Next(1000).ToString(System.Globalization.CultureInfo.InvariantCulture) : kind < 8 ? $"\"v{random.Next(100)}\"" : "null");
                break;
        }
    }

    private static void Check(Document document, PathSegment[] segments, string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);

        // With and without room behind it: the parser reads ahead only where it may.
        byte[] buffer = [.. bytes, .. new byte[bytes.Length % 2 == 0 ? 64 : 0]];
        Assert.True(document.TryParse(buffer, 0, bytes.Length, strictUtf8: false, out _), text);
        using JsonDocument expected = JsonDocument.Parse(bytes);
        CheckValue(document, 0, segments, expected.RootElement, text);
    }

    private static void CheckValue(Document document, int index, PathSegment[] segments, JsonElement expected, string text)
    {
        if (expected.ValueKind == JsonValueKind.Array)
        {
            int element = document.FirstChild(index);
            foreach (JsonElement item in expected.EnumerateArray())
            {
                CheckValue(document, element, segments, item, text);
                element = document.NextAt(element);
            }

            return;
        }

        if (expected.ValueKind != JsonValueKind.Object)
        {
            Assert.Equal(-1, document.FindMember(index, segments[0]));
            document.RawRange(index, out int offset, out int length);
            Assert.Equal(expected.GetRawText(), Encoding.UTF8.GetString(document.Buffer.AsSpan(offset, length)));
            return;
        }

        string[] present = [.. expected.EnumerateObject().Select(p => p.Name)];
        Assert.Equal(present.Distinct().Count() < present.Length, document.HasDuplicateKeys(index));
        foreach (PathSegment segment in segments)
        {
            int found = document.FindMember(index, segment);
            Assert.True(present.Contains(segment.Key.AsHostString()) == found > 0, $"{segment.Key.AsHostString()} in {text}");
            if (found > 0)
            {
                CheckValue(document, found, segments, expected.GetProperty(segment.Key.AsHostString()), text);
            }
        }
    }
}
