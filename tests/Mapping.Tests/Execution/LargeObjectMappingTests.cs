using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Mapping.Execution;

namespace Mapping.Tests.Execution;

/// <summary>Reading and building objects with more members than are walked over, against what the platform makes of the same.</summary>
public class LargeObjectMappingTests
{
    /// <summary>More than are ever known of one object.</summary>
    private const int Members = 9_000;

    public static TheoryData<string> Keys => ["field_{0:d5}", "a key that is too long to be known {0}", "\\u006b{0} \\n", "{0}", "ключ {0}"];

    [Theory]
    [MemberData(nameof(Keys))]
    public void Fields_are_read_deleted_and_assigned(string pattern)
    {
        var random = new Random(31);
        string[] names = [.. Enumerable.Range(0, Members).Select(i => string.Format(CultureInfo.InvariantCulture, pattern, i))];
        string[] order = [.. names.OrderBy(_ => random.Next())];

        // The last of several values counts, at the place of the first.
        string[] written = [.. order, .. order.Take(20)];
        string document = "{" + string.Join(',', written.Select((n, i) => $"\"{n}\":{i}")) + "}";
        JsonObject source = [];
        for (int i = 0; i < written.Length; i++)
        {
            source[Text(written[i])] = i;
        }

        var mapping = new StringBuilder();
        JsonObject expected = [];
        for (int i = 0; i < 4_000; i++)
        {
            string name = names[random.Next(names.Length)];
            string target = names[random.Next(2_000)];
            switch (random.Next(10))
            {
                case 0:
                    mapping.AppendLine($"root.\"{target}\" = deleted()");
                    expected.Remove(Text(target));
                    break;
                case 1:
                    mapping.AppendLine($"root.\"{target}\" = this.\"{name} not\".or(-1)");
                    expected[Text(target)] = -1;
                    break;
                default:
                    mapping.AppendLine($"root.\"{target}\" = this.\"{name}\"");
                    expected[Text(target)] = source[Text(name)]!.DeepClone();
                    break;
            }
        }

        foreach (Tier tier in (Tier[])[Tier.Interpreter, Tier.Compiled])
        {
            CompiledMapping compiled = MappingEnvironment.Restricted.WithTier(tier).Compile(mapping.ToString());
            for (int run = 0; run < 2; run++)
            {
                var output = new ArrayBufferWriter<byte>();
                Assert.Equal(MappingOutcome.Mapped, compiled.Run(Encoding.UTF8.GetBytes(document), output, out _));
                JsonNode? made = JsonNode.Parse(output.WrittenSpan);
                Assert.True(JsonNode.DeepEquals(expected, made));
                Assert.Equal(expected.Select(m => m.Key), made!.AsObject().Select(m => m.Key));
            }
        }
    }

    private static string Text(string written) => JsonNode.Parse($"\"{written}\"")!.GetValue<string>();
}
