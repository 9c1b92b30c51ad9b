using Mapping.Execution;
using Mapping.Functions;

namespace Mapping.Tests.Execution;

/// <summary>
/// Both tiers on the same random mappings and documents: the same output, outcome, error, place and metadata. The seed is
/// fixed; <c>MAPPING_TEST_SCALE</c> sets the number.
/// </summary>
public class TierDifferenceTests
{
    private const int Seed = 71_077;
    private const int MappingsPerScale = 1_500;

    private static readonly string[] Others =
    [
        """{"a":[{"b":1,"c":"x"},{"b":2.5,"c":"y"}],"b":{"k":[1,2,3],"c":{"k":null}},"s":"a,b,c","t":1700000000,"o":{"x":{"y":[{"z":true}]}}}""",
        """{"a":{"a":{"a":1}},"b":[[1,2],[3]],"s":"","o":{},"big":18446744073709551615,"b2":-1e-7}""",
        "[{\"key\":\"a\",\"value\":1},{\"key\":\"b\",\"value\":2}]",
        "no JSON",
    ];

    private static readonly string[] Templates =
    [
        "let v = {0}\nroot.a = $v\nroot.b = this.b.map_each(e -> [e, $v, {1}])",
        "map m {{\n  let w = {0}\n  root.m = {1}\n  root.w = $w\n}}\nroot.r = this.apply(\"m\")\nroot.s = this.b.apply(\"m\").m.catch(e -> e)",
        "map m {{\n  root.u = t -> [t, this.a, {0}]\n  root.w = {1}\n}}\nroot = this.a.apply(\"m\").catch({0})\nroot.x = \"x\".apply(\"m\")",
        "root = this\nroot.a = this.b.filter(x -> {0}).map_each(y -> {1})",
        "root.f = this.b.fold({0}, acc -> acc.tally + {1})\nroot.o = this.o.map_each(kv -> [kv.key, {1}])",
        "if {0} {{\n  root.x = {1}\n  let v = 1\n}} else if {1} {{\n  root.y = $v\n}} else {{\n  meta k = {0}\n}}\nroot.v = $v",
        "root.m = match this.a {{ 1 => {0}, this == {1} => 2, _ => {1} }}\nroot.n = match {{ {0} => 1, {1} => 2 }}",
        "root = this.b.map_each(x -> this.s.(t -> [x, t, {0}])).sort_by(z -> {1}).or({0})",
        "root.c = {0} && {1} || !{0}\nroot.d = {0} | {1} | \"none\"\nroot.e = ({0}).catch({1})",
        "root.q = this.b.any(x -> {0}) && this.b.all(x -> this.a == {1})\nroot.w = this.b.sort(p -> p.left < p.right)",
    ];

    [Fact]
    public void Both_tiers_agree_on_random_mappings()
    {
        var random = new Random(Seed);
        MappingEnvironment environment = MappingEnvironment.Restricted
            .WithLimits(new Limits(MaxSteps: 20_000, MaxValueBytes: 1 << 20, MaxTotalBytes: 1 << 24))
            .WithClock(new StoppedClock())
            .Without("random_int", "uuid_v4", "uuid_v7", "ulid", "ksuid", "nanoid", "snowflake_id", "count", "counter");
        int compared = 0;
        for (int i = 0; i < MappingsPerScale * TestScale.Factor; i++)
        {
            string text = Text(random);
            if (!environment.WithTier(Tier.Interpreter).TryCompile(text, out CompiledMapping? interpreted, out _))
            {
                continue;
            }

            Assert.True(environment.WithTier(Tier.Compiled).TryCompile(text, out CompiledMapping? compiled, out _));
            foreach (string document in RandomMapping.Documents.Concat(Others))
            {
                foreach (bool mutation in (bool[])[false, true])
                {
                    compared++;
                    string expected = SeenRun.Of(interpreted, document, mutation);
                    string actual = SeenRun.Of(compiled, document, mutation);
                    Assert.True(expected == actual, $"mapping {i} of seed {Seed}\n{text}\non {document}\ninterpreter: {expected}\ncompiled:    {actual}");
                }
            }
        }

        Assert.True(compared > MappingsPerScale, $"only {compared} comparisons; the generator is broken");
    }

    private static string Text(Random random)
    {
        string template = Templates[random.Next(Templates.Length)];
        return random.Next(3) == 0
            ? RandomMapping.Statements(random)
            : string.Format(template, RandomMapping.Expression(random, random.Next(3)), RandomMapping.Expression(random, random.Next(3)));
    }

    private sealed class StoppedClock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => new(2024, 2, 29, 12, 0, 0, TimeSpan.Zero);
    }
}
