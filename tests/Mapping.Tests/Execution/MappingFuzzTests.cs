using System.Buffers;
using System.Text;
using Mapping.Builtins;
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

    private static readonly string[] Documents =
    [
        """{"a":1,"b":[1,2.5,"x",null,{"c":true}],"s":"héllo wörld","t":"2024-02-29T12:00:00Z","big":123456789012345678901234567890,"o":{"k":"v","n":-0.0}}""",
        "[]", "\"text\"", "1e400", "null", "not json", "",
    ];

    private static readonly string[] Atoms =
    [
        "this", "root", "this.a", "this.b", "this.s", "this.t", "this.big", "this.o", "this.b.\"*\".c", "$v", "$w", "@k", "@", "1", "0", "-1", "2.5",
        "9223372036854775807", "\"\"", "\"x\"", "\"%d %v %s\"", "\"2006-01-02\"", "\"[a-z]+\"", "\"sha256\"", "\"base64\"", "\"\\xff\"", "true", "false",
        "null", "deleted()", "nothing()", "[]", "{}", "[1,\"a\",null]", "{\"k\":this.a}", "content()", "now()", "throw(\"t\")", "range(0, 5)", "x",
    ];

    private static readonly string[] Operators = ["+", "-", "*", "/", "%", "|", "==", "!=", "<", "<=", ">", ">=", "&&", "||"];

    [Fact]
    public void Random_mappings_never_throw()
    {
        var random = new Random(Seed);
        MappingEnvironment environment = MappingEnvironment.Restricted.WithLimits(new Limits(MaxSteps: 20_000, MaxValueBytes: 1 << 20, MaxTotalBytes: 1 << 24));
        int ran = 0;
        for (int i = 0; i < MappingsPerScale * TestScale.Factor; i++)
        {
            string text = Statements(random);
            if (i % 3 == 0)
            {
                text = Mutated(text, random);
            }

            try
            {
                if (environment.TryCompile(text, out CompiledMapping? mapping, out _))
                {
                    ran++;
                    Run(mapping, Documents[random.Next(Documents.Length)], mutation: random.Next(4) == 0);
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

    private static string Statements(Random random)
    {
        var text = new StringBuilder();
        for (int i = random.Next(1, 4); i > 0; i--)
        {
            text.Append(random.Next(8) switch
            {
                0 => $"let v = {Expression(random, 3)}",
                1 => $"meta k = {Expression(random, 3)}",
                2 => $"root = {Expression(random, 3)}",
                3 => $"if {Expression(random, 2)} {{ root.i = {Expression(random, 2)} }}",
                4 => $"root.b.\"-\" = {Expression(random, 3)}",
                5 => "root.a = deleted()",
                _ => $"root.r{i} = {Expression(random, 4)}",
            });
            text.Append('\n');
        }

        return text.ToString();
    }

    private static string Expression(Random random, int depth)
    {
        if (depth == 0)
        {
            return Atoms[random.Next(Atoms.Length)];
        }

        return random.Next(10) switch
        {
            0 => $"({Expression(random, depth - 1)} {Operators[random.Next(Operators.Length)]} {Expression(random, depth - 1)})",
            1 => $"if {Expression(random, depth - 1)} {{ {Expression(random, depth - 1)} }}",
            2 => $"match {Expression(random, depth - 1)} {{ {Expression(random, depth - 1)} => {Expression(random, depth - 1)}, _ => {Expression(random, depth - 1)} }}",
            3 => $"[{Expression(random, depth - 1)}, {Expression(random, depth - 1)}]",
            4 => $"{Expression(random, depth - 1)}.({Expression(random, depth - 1)})",
            5 => Call(random, Pick(random, Catalogue.Full.Functions.Values), depth),
            _ => $"{Expression(random, depth - 1)}.{Call(random, Pick(random, Catalogue.Full.Methods.Values), depth)}",
        };
    }

    private static string Call(Random random, Builtin builtin, int depth)
    {
        int count = builtin.IsVariadic ? random.Next(4) : builtin.Parameters.Count(p => p.IsRequired || random.Next(2) == 0);
        return $"{builtin.Name}({string.Join(", ", Enumerable.Range(0, count).Select(i => Argument(random, builtin, i, depth)))})";
    }

    private static string Argument(Random random, Builtin builtin, int index, int depth) =>
        !builtin.IsVariadic && builtin.Parameters[index].IsUnevaluated && random.Next(2) == 0
            ? $"x -> {Expression(random, depth - 1)}"
            : Expression(random, random.Next(3) == 0 ? depth - 1 : 0);

    private static Builtin Pick(Random random, IEnumerable<Builtin> builtins)
    {
        Builtin[] known = [.. builtins.OrderBy(b => b.Name, StringComparer.Ordinal)];
        return known[random.Next(known.Length)];
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
