using System.Text;
using System.Text.Json;
using Mapping.Values;
using Mapping.Values.Json;

namespace Mapping.Tests.Values.Json;

/// <summary>Objects made by a mapping, written and read again by the platform.</summary>
public sealed class WrittenMemberTests
{
    [Fact]
    public void MembersOfAllKindsAndLengthsAreReadBack()
    {
        var random = new Random(531);
        var arena = new Arena();
        for (int i = 0; i < 3000 * TestScale.Factor; i++)
        {
            ObjectNode node = MakeObject(random, arena, depth: random.Next(12));
            var output = new Utf8Buffer(random.Next(16, 400));
            Assert.True(JsonWriter.TryWrite(Value.FromObject(node), output, Mapping.Values.JsonWriterOptions.Message));
            using var read = JsonDocument.Parse(output.WrittenSpan.ToArray());
            Compare(node, read.RootElement);
            arena.Reset();
        }
    }

    /// <summary>Keys and texts around the width of a vector, with any room left in the buffer.</summary>
    [Fact]
    public void The_longest_short_members_fit_whatever_room_is_left()
    {
        for (int length = 29; length <= 33; length++)
        {
            for (int before = 0; before < 140; before++)
            {
                var node = new ObjectNode();
                string[] keys = [.. Enumerable.Range(0, 1 + (before % 4)).Select(n => $"{n}{new string('k', length - 1)}")];
                foreach (string key in keys)
                {
                    node.Set(Padded(key, 64), Padded(new string('v', length), 64));
                }

                var output = new Utf8Buffer(140);
                for (int i = 0; i < before; i++)
                {
                    output.Append((byte)' ');
                }

                Assert.True(JsonWriter.TryWrite(Value.FromObject(node), output, Mapping.Values.JsonWriterOptions.Message));
                string expected = string.Join(',', keys.Select(key => $"\"{key}\":\"{new string('v', length)}\""));
                Assert.Equal($"{{{expected}}}", Encoding.UTF8.GetString(output.WrittenSpan).TrimStart());
            }
        }
    }

    private static ObjectNode MakeObject(Random random, Arena arena, int depth)
    {
        ObjectNode node = arena.NewObject();
        int count = random.Next(6);
        for (int i = 0; i < count; i++)
        {
            string name = $"{i}{RandomText(random)}";
            Value key = random.Next(2) == 0 ? SharedKeys.Of(Encoding.UTF8.GetBytes(name)) : Value.FromString(name);
            node.Set(key, i == 0 && depth > 0 ? Value.FromObject(MakeObject(random, arena, depth - 1)) : MakeScalar(random));
        }

        if (count > 2 && random.Next(4) == 0)
        {
            // A gap among the members.
            node.Remove(node.Slots[1].Key.AsSpan());
        }

        return node;
    }

    private static Value MakeScalar(Random random) => random.Next(8) switch
    {
        0 => Value.FromInt64(random.NextInt64(long.MinValue, long.MaxValue) >> random.Next(64)),
        1 => Value.FromFloat64(random.Next(-1000, 1000)),
        2 => Value.FromFloat64(random.NextDouble() * 1e9),
        3 => Value.FromBool(random.Next(2) == 0),
        4 => Value.Null,
        5 => Value.FromKey(Encoding.UTF8.GetBytes(RandomText(random))),
        6 => Value.FromLexical(Encoding.ASCII.GetBytes("-12.50e3"), 0, 8),
        _ => Padded(RandomText(random), random.Next(40)),
    };

    /// <summary>A part of a larger array, as the texts of messages are.</summary>
    private static Value Padded(string text, int behind)
    {
        byte[] content = Encoding.UTF8.GetBytes(text);
        byte[] owner = [.. "\"\\"u8, .. content, .. Enumerable.Repeat((byte)'"', behind)];
        return Value.FromUtf8(owner, 2, content.Length);
    }

    private static string RandomText(Random random) => string.Concat(Enumerable.Range(0, random.Next(random.Next(3) == 0 ? 80 : 36))
        .Select(_ => random.Next(30) == 0 ? (string[])["\"", "\\", "\n", "é", "\u2028", "😀"] : ["a", "b", "/"])
        .Select(letters => letters[random.Next(letters.Length)]));

    private static void Compare(ObjectNode node, JsonElement read)
    {
        var present = node.Slots.ToArray().Where(m => !m.Key.IsNull).ToArray();
        JsonProperty[] properties = [.. read.EnumerateObject()];
        Assert.Equal(present.Select(m => m.Key.AsHostString()), properties.Select(p => p.Name));
        foreach ((Member member, JsonProperty property) in present.Zip(properties))
        {
            Value value = member.Value;
            JsonElement element = property.Value;
            switch (value.Kind)
            {
                case ValueKind.Object:
                    Compare(value.ObjectNode!, element);
                    break;
                case ValueKind.String:
                    Assert.Equal(value.AsHostString(), element.GetString());
                    break;
                case ValueKind.Int64:
                    Assert.Equal(value.AsInt64(), element.GetInt64());
                    break;
                case ValueKind.Float64:
                    Assert.Equal(value.AsFloat64(), element.GetDouble());
                    break;
                case ValueKind.Lexical:
                    Assert.Equal(value.AsHostString(), element.GetRawText());
                    break;
                case ValueKind.Bool:
                    Assert.Equal(value.AsBool(), element.GetBoolean());
                    break;
                default:
                    Assert.Equal(JsonValueKind.Null, element.ValueKind);
                    break;
            }
        }
    }
}
