using System.Buffers;
using System.Diagnostics;
using Mapping.Builtins;
using Mapping.Diagnostics;
using Mapping.Extras;
using Mapping.Functions;
using Mapping.Values;

namespace Mapping.Conformance.Tests;

/// <summary>
/// Every builtin on targets and arguments of every kind: a value or an error, never an exception, and never more than the
/// limits allow. The seed is fixed; <c>MAPPING_TEST_SCALE</c> sets the number of calls.
/// </summary>
public class BuiltinFuzzTests
{
    private const int Seed = 4_711;
    private const int CallsPerShape = 60;
    private const int LiteralCalls = 30;
    private const int MaxBytes = 1 << 20;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private static readonly Limits Limits =
        new(MaxSteps: 200_000, MaxDuration: TimeSpan.FromSeconds(5), MaxValueBytes: MaxBytes, MaxTotalBytes: 16 * MaxBytes);

    private static readonly string[] Queries =
        ["this", "this.a", "this.value", "this.key", "this.left < this.right", "this.tally", "x -> x", "(x) -> x.type()", "true", "false", "deleted()", "nothing()"];

    private static readonly string[] Literals =
    [
        "\"\"", "\"x\"", "\"[\"", "\"%\"", "\"gzip\"", "\"base64\"", "\"sha256\"", "\"UTC\"", "\"2006\"", "\"a.*.b\"", "\"\\xff\"", "0", "-1", "9223372036854775807",
        "1.5", "-1e300", "true", "null", "[]", "{}", "[\"a\", 1]", "[\"a\", \"b\"]", "deleted()", "nothing()", "{\"type\": 5}",
    ];

    public static TheoryData<string> Names
    {
        get
        {
            var names = new TheoryData<string>();
            foreach (Builtin builtin in All())
            {
                names.Add($"{builtin.KindName} {builtin.Name}");
            }

            return names;
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Calls_give_values_or_errors(string name)
    {
        Builtin builtin = All().Single(b => $"{b.KindName} {b.Name}" == name);
        var random = new Random(Seed + name.Sum(c => c));
        var drawn = new Value[5];
        MappingEnvironment environment = EnvironmentOf(drawn);
        int compiled = 0;
        foreach (string shape in Shapes(builtin, random).Distinct())
        {
            if (!environment.TryCompile(shape, out CompiledMapping? mapping, out IReadOnlyList<Diagnostic> diagnostics))
            {
                Assert.NotEmpty(diagnostics);
                continue;
            }

            compiled++;
            int calls = shape.Contains("value_", StringComparison.Ordinal) ? CallsPerShape * TestScale.Factor : 1;
            for (int i = 0; i < calls; i++)
            {
                for (int j = 0; j < drawn.Length; j++)
                {
                    drawn[j] = FuzzValues.All[random.Next(random.Next(25) == 0 ? FuzzValues.All.Length : FuzzValues.Small)];
                }

                // Every value is the target once, whatever chance says.
                drawn[0] = i < FuzzValues.All.Length ? FuzzValues.All[i] : drawn[0];
                Check(mapping, drawn, builtin.GivesValues);
            }
        }

        Assert.True(compiled > 0, $"no call of {name} compiled; the generator is broken");
    }

    private static void Check(CompiledMapping mapping, Value[] drawn, bool givesValues)
    {
        var output = new ArrayBufferWriter<byte>();
        var watch = Stopwatch.StartNew();
        try
        {
            MappingOutcome outcome = mapping.Run("{\"a\":1}"u8.ToArray(), output, out MappingError? error);
            Assert.Equal(outcome == MappingOutcome.Failed, error is not null);
            Assert.False(error?.Text.Length == 0, "the error has no text");

            // Generated code relies on what a declaration says about that.
            bool isAssigned = outcome == MappingOutcome.Failed || output.WrittenSpan.StartsWith("{\"v\":"u8);
            Assert.True(isAssigned || !givesValues, "the result is the absence of a value");
        }
        catch (Exception e)
        {
            Assert.Fail($"{Described(mapping, drawn)}\n{e}");
        }

        // A byte may take six in JSON; base64 and commas take less.
        Assert.True(output.WrittenCount <= 6 * Limits.MaxTotalBytes, $"{Described(mapping, drawn)} gave {output.WrittenCount} bytes");
        Assert.True(watch.Elapsed < Patience, $"{Described(mapping, drawn)} took {watch.Elapsed}");
    }

    private static IEnumerable<string> Shapes(Builtin builtin, Random random)
    {
        int least = builtin.Parameters.Count(p => p.IsRequired);
        int most = builtin.IsVariadic ? 4 : builtin.Parameters.Count;
        for (int count = least; count <= most; count++)
        {
            for (int i = builtin.Parameters.Take(count).Any(p => p.IsUnevaluated) ? Queries.Length : 2; i > 0; i--)
            {
                yield return Shape(builtin, [.. Enumerable.Range(0, count).Select(at => Argument(builtin, at, random))], isLiteral: false);
            }

            for (int i = 0; i < (count == 0 ? 1 : LiteralCalls * TestScale.Factor); i++)
            {
                string[] arguments = [.. Enumerable.Range(0, count).Select(_ => Literals[random.Next(Literals.Length)])];
                yield return Shape(builtin, arguments, isLiteral: false);
                yield return Shape(builtin, arguments, isLiteral: true, Literals[random.Next(Literals.Length)]);
            }
        }
    }

    private static string Shape(Builtin builtin, string[] arguments, bool isLiteral, string literal = "") =>
        $"root.v = {(!builtin.IsMethod ? "" : isLiteral ? $"({literal})." : "value_0().")}{builtin.Name}({string.Join(", ", arguments)})";

    private static string Argument(Builtin builtin, int at, Random random)
    {
        Parameter? parameter = builtin.IsVariadic ? null : builtin.Parameters[at];
        return parameter is { IsLiteralOnly: true } ? Literals[random.Next(Literals.Length)]
            : parameter is { IsUnevaluated: true } && random.Next(6) > 0 ? Queries[random.Next(Queries.Length)]
            : $"value_{at + 1}()";
    }

    private static MappingEnvironment EnvironmentOf(Value[] drawn)
    {
        MappingEnvironment environment = MappingEnvironment.Full.WithExtras().With(
            [.. drawn.Select((_, i) => BuiltinBuilder.Function($"value_{i}", Category.General, "A drawn value.").FunctionBody(_ => drawn[i]))]);
        return environment.WithLimits(Limits).WithImports(null);
    }

    private static string Described(CompiledMapping mapping, Value[] drawn) =>
        mapping.Source.Content + "\n" + string.Join("\n", drawn.Select((value, i) => $"  value_{i}: {FuzzValues.Show(value)}"));

    private static IEnumerable<Builtin> All() =>
        Catalogue.Full.Functions.Values.Concat(Catalogue.Full.Methods.Values).Concat(ExtraBuiltins.All.SelectMany(g => g.All)).OrderBy(b => b.Name, StringComparer.Ordinal);
}
