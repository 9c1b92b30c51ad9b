using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Mapping.Execution;
using Mapping.Functions;
using Mapping.Tests.Execution;
using Mapping.Text;

namespace Mapping.Tests.Paths;

/// <summary>
/// Random mappings on random changes of documents: what the analysis says is not read must not matter, but for the places it is copied to.
/// The seed is fixed; <c>MAPPING_TEST_SCALE</c> sets the number.
/// </summary>
public class UnreadFieldTests
{
    private const int Seed = 90_211;
    private const int MappingsPerScale = 500;
    private const int ChangesPerDocument = 6;

    private static readonly string[] Documents =
    [
        """{"a":1,"b":[1,2.5,"x",null,{"c":true}],"s":"héllo","t":"2024-02-29T12:00:00Z","big":123,"o":{"k":"v","n":0}}""",
        """{"a":[{"b":1,"c":"x"},{"b":2.5,"c":"y"}],"b":{"k":[1,2,3],"c":{"k":null}},"s":"a,b,c","t":17,"o":{"x":{"y":[{"z":true}]}}}""",
        """{"a":{"a":{"a":1}},"b":[[1,2],[3]],"s":"","o":{},"value":{"key":1}}""",
        """[{"key":"a","value":1},{"key":"b","value":{"a":2}}]""",
        """{"b":{"c":{"d":1},"value":[{"c":1}]},"o":{"a":[1,{"b":2}]},"s":"q"}""",
    ];

    private static readonly string[] NewValues = ["0", "7", "\"new\"", "\"x\"", "true", "false", "null", "[]", "[1]", "{}", "{\"c\":1}", "{\"k\":[2]}", "[{\"c\":3}]", "-1.5"];

    private static readonly string[] Templates =
    [
        "root = this\nroot.n = {0}\nroot.b = {1}",
        "root = this\nroot.o.x = {0}\nroot.b.1 = deleted()\nroot.q = root.b.0",
        "root = this.without(\"a\", \"o.k\", \"b.c\")\nroot.z = {0}",
        "let v = this.b\nlet w = {0}\nroot.a = $v.k\nroot.b = [$v, $w]\nroot.c = root.b.0.c",
        "root.l = this.b.map_each(e -> {0})\nroot.m = this.o.map_each(kv -> [kv.key, kv.value, {1}])",
        "root.l = this.b.map_each(e -> if e.c == 1 {{ {0} }})\nroot.m = root.l.0\nroot.k = root.l.k",
        "root.l = this.b.filter(e -> e.c == 1 || {0} == 1).map_each(e -> e.k)\nroot.o = this.o.filter(kv -> kv.key != \"k\")",
        "root.s = this.a.sort_by(e -> e.b).map_each(e -> e.c)\nroot.u = this.a.unique(e -> e.b)\nroot.i = this.b.index(-1)",
        "map m {{\n  root.x = this.a\n  root.y = {0}\n}}\nroot = this.apply(\"m\")\nroot.z = this.o.apply(\"m\").x",
        "map m {{\n  root = this.a.apply(\"m\") | {0}\n}}\nroot.r = this.apply(\"m\")\nroot.q = this.o.(x -> this.b.apply(\"m\"))",
        "map m {{\n  root = _ -> this.b\n}}\nroot.r = this.o.(this.x.apply(\"m\"))\nroot.t = {0}",
        "root = match this.a {{ 1 => this, this.b == 1 => _ -> this.o, _ => {0} }}\nroot.e = match {{ this.s == \"q\" => this.o }}",
        "if {0} == 1 {{\n  root = this.b\n  let v = this.s\n}} else {{\n  root.k = this.o\n  let v = this.b\n}}\nroot.v = $v.k\nroot.w = root.k",
        "root.a = this.b\nroot.a.\"-\" = this.o\nroot.a.k.c = {0}\nroot.z = root.a.\"*\".c\nroot.y = this.b.\"*\".c",
        "root = {{\"p\": this.a, \"q\": {0}, this.s: this.b}}\nroot.r = root.p.a\nroot.p.a = deleted()",
        "root.g = this.get(\"b.k\")\nroot.e = this.exists(\"o.x.y\")\nroot.t = this.o.type()\nroot.c = this.a.catch({0}) | this.b.or({1})",
        "meta k = this.s\nroot.f = this.b.fold(this.o, f -> if f.value == 1 {{ f.tally }} else {{ f.value }})\nroot.g = this.b.any(e -> e == {0})",
        "root = this.b\nroot.0 = {0}\nroot.01 = this.o\nroot.c = root.0.a",
        "root = {0}\nroot.x = this.o",
        "root.c = this.a | throw(\"none\")\nroot.d = this.o.not_null()",
        "root.o = this.o.filter(_ -> true)\nroot.b = this.b.map_each(_ -> 1)",
        "root.m = match this.a {{ 1 => \"one\", \"x\" => \"ex\", _ => \"other\" }}\nroot.n = match this.s {{ \"q\" => this.b }}",
        "let v = this.b\nif this.big != 5 {{\n  let v = this.o\n}}\nroot.v = $v\nroot.w = {0}",
        "root = this\nroot.b.0 = deleted()\nroot.b.k = deleted()\nroot.a.0.b = deleted()",
        "root.l = this.b.sort(p -> p.left == p.right)\nroot.k = this.o.map_each_key(k -> k + \"x\")",
        "root = this.o.map_each(kv -> kv)\nroot.f = this.b.map_each(e -> [e, this.s]).flatten()",
        "root.a = {0}\nroot.b = {1}",
    ];

    [Fact]
    public void What_is_not_read_matters_only_where_it_is_copied_to()
    {
        var random = new Random(Seed);
        MappingEnvironment environment = MappingEnvironment.Restricted
            .WithLimits(new Limits(MaxSteps: 100_000))
            .WithClock(new StoppedClock())
            .WithTier(Tier.Interpreter)
            .Without("random_int", "uuid_v4", "uuid_v7", "ulid", "ksuid", "nanoid", "snowflake_id", "count", "counter");
        int unread = 0;
        int copied = 0;
        for (int i = 0; i < MappingsPerScale * TestScale.Factor; i++)
        {
            string text = Text(random);
            if (environment.Bind(new SourceText(text), out _) is not { } bound)
            {
                continue;
            }

            CompiledMapping mapping = environment.Compile(text);
            foreach (string document in Documents)
            {
                Result before = Run(mapping, document);
                for (int change = 0; change < ChangesPerDocument; change++)
                {
                    (string changed, List<PlaceStep> place) = Change(document, random);
                    if (PathMatch.IsRead(bound.Paths, place))
                    {
                        continue;
                    }

                    unread++;
                    Result after = Run(mapping, changed);
                    string told = $"mapping {i} of seed {Seed}\n{text}\n{document}\n{changed}\nat {string.Join('.', place.Select(s => s.Key))}\n"
                        + $"reads {string.Join(", ", bound.Paths.Reads())}\ncopies {string.Join(", ", bound.Paths.Copies)}\nbefore {before}\nafter  {after}";
                    Assert.True(before.Rest == after.Rest, told);
                    foreach (List<string> difference in Differences(before.Output, after.Output))
                    {
                        copied++;
                        Assert.True(PathMatch.Explains(bound.Paths, place, difference), $"{told}\nthe output changed at {string.Join('.', difference)}");
                    }
                }
            }
        }

        Assert.True(unread > MappingsPerScale && copied > MappingsPerScale / 4, $"only {unread} unread changes and {copied} copied ones; the generator is broken");
    }

    private static string Text(Random random)
    {
        string template = Templates[random.Next(Templates.Length)];
        return random.Next(5) == 0
            ? RandomMapping.Statements(random)
            : string.Format(CultureInfo.InvariantCulture, template, RandomMapping.Expression(random, random.Next(3)), RandomMapping.Expression(random, random.Next(3)));
    }

    /// <summary>The document with one value replaced.</summary>
    private static (string Document, List<PlaceStep> Place) Change(string document, Random random)
    {
        JsonNode root = JsonNode.Parse(document)!;
        var place = new List<PlaceStep>();
        JsonNode holder = root;
        while (true)
        {
            (string step, JsonNode? child) = Child(holder, random);
            place.Add(new PlaceStep(step, holder is JsonArray));
            if (child is not (JsonObject { Count: > 0 } or JsonArray { Count: > 0 }) || random.Next(3) == 0)
            {
                JsonNode? value = JsonNode.Parse(NewValues[random.Next(NewValues.Length)]);
                if (holder is JsonArray array)
                {
                    array[int.Parse(step, CultureInfo.InvariantCulture)] = value;
                }
                else
                {
                    holder[step] = value;
                }

                return (root.ToJsonString(), place);
            }

            holder = child;
        }
    }

    private static (string Step, JsonNode? Child) Child(JsonNode holder, Random random)
    {
        if (holder is JsonArray array)
        {
            int index = random.Next(array.Count);
            return ($"{index}", array[index]);
        }

        KeyValuePair<string, JsonNode?>[] members = [.. holder.AsObject()];
        KeyValuePair<string, JsonNode?> member = members[random.Next(members.Length)];
        return (member.Key, member.Value);
    }

    private static IEnumerable<List<string>> Differences(string before, string after)
    {
        if (before == after)
        {
            return [];
        }

        return TryParse(before, out JsonNode? left) && TryParse(after, out JsonNode? right) ? Differences(left, right, []) : [[]];
    }

    private static IEnumerable<List<string>> Differences(JsonNode? left, JsonNode? right, List<string> place)
    {
        if (left is JsonObject one && right is JsonObject other && one.Select(m => m.Key).Order(StringComparer.Ordinal).SequenceEqual(other.Select(m => m.Key).Order(StringComparer.Ordinal)))
        {
            return one.SelectMany(m => Differences(m.Value, other[m.Key], [.. place, m.Key]));
        }

        if (left is JsonArray first && right is JsonArray second && first.Count == second.Count)
        {
            return first.SelectMany((e, i) => Differences(e, second[i], [.. place, $"{i}"]));
        }

        return (left?.ToJsonString() ?? "null") == (right?.ToJsonString() ?? "null") ? [] : [place];
    }

    private static bool TryParse(string text, out JsonNode? node)
    {
        node = null;
        try
        {
            node = JsonNode.Parse(text);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    /// <summary>The output, and everything else that can be seen of a run.</summary>
    private static Result Run(CompiledMapping mapping, string document)
    {
        var message = new Message(Encoding.UTF8.GetBytes(document));
        message.SetMetadata("k", "kept");
        var output = new ArrayBufferWriter<byte>();
        MappingOutcome outcome = mapping.Run([message], 0, output, out MappingError? error);
        string metadata = string.Join(", ", message.MetadataNames.Select(n => $"{n}={message.GetMetadata(n)}"));

        // An unchanged body is the input itself.
        return new Result(outcome == MappingOutcome.Mapped ? Encoding.UTF8.GetString(output.WrittenSpan) : "", $"{outcome} {metadata} {error?.Text}");
    }

    private sealed record Result(string Output, string Rest);

    private sealed class StoppedClock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => new(2024, 2, 29, 12, 0, 0, TimeSpan.Zero);
    }
}
