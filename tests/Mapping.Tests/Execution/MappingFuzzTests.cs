using System.Buffers;
using System.Text;
using Mapping.Functions;

namespace Mapping.Tests.Execution;

/// <summary>
/// Random mappings made of valid pieces, and mutations of them, compiled and run: a mapping or diagnostics, a result or an
/// error, never an exception. The seed is fixed; <c>MAPPING_TEST_SCALE</c> sets the number.
/// </summary>
public class MappingFuzzTests
{
    private const int Seed = 20_240;
    private const int MappingsPerScale = 6_000;

    [Fact]
    public void Random_mappings_never_throw()
    {
        var random = new Random(Seed);
        MappingEnvironment environment = MappingEnvironment.Restricted.WithLimits(new Limits(MaxSteps: 20_000, MaxValueBytes: 1 << 20, MaxTotalBytes: 1 << 24));
        int ran = 0;
        for (int i = 0; i < MappingsPerScale * TestScale.Factor; i++)
        {
            string text = RandomMapping.Statements(random);
            if (i % 3 == 0)
            {
                text = Mutated(text, random);
            }

            try
            {
                if (environment.TryCompile(text, out CompiledMapping? mapping, out _))
                {
                    ran++;
                    Run(mapping, RandomMapping.Documents[random.Next(RandomMapping.Documents.Length)], mutation: random.Next(4) == 0);
                }
            }
            catch (Exception e)
            {
                Assert.Fail($"mapping {i} of seed {Seed} threw {e.GetType().Name}: {e.Message}\n{text}\n{e.StackTrace}");
            }
        }

        Assert.True(ran > MappingsPerScale / 10, $"only {ran} of the random mappings compiled; the generator is broken");
    }

    private static void Run(CompiledMapping mapping, string document, bool mutation)
    {
        var output = new ArrayBufferWriter<byte>();
        MappingOutcome outcome = mapping.Run([new Message(Encoding.UTF8.GetBytes(document))], 0, output, out MappingError? error, mutation);
        Assert.Equal(outcome == MappingOutcome.Failed, error is not null);
    }

    private static string Mutated(string text, Random random)
    {
        var changed = new StringBuilder(text);
        for (int i = random.Next(1, 4); i > 0 && changed.Length > 0; i--)
        {
            int at = random.Next(changed.Length);
            switch (random.Next(4))
            {
                case 0:
                    changed.Remove(at, Math.Min(random.Next(1, 4), changed.Length - at));
                    break;
                case 1:
                    changed.Insert(at, "(){}[]\"'.,:=>-!|&@$#\n 0aé"[random.Next(25)]);
                    break;
                case 2:
                    changed[at] = (char)random.Next(1, 0x2FF);
                    break;
                default:
                    changed.Insert(at, text[..random.Next(Math.Min(text.Length, 20))]);
                    break;
            }
        }

        return changed.ToString();
    }
}
