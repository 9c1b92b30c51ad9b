using Mapping.Builtins.Objects;
using Mapping.Builtins.Parsing;
using Mapping.Values;

namespace Mapping.Tests.Builtins;

public class DifferenceTests
{
    [Theory]
    [InlineData("""{"a":1}""", """{"a":1}""", "[]")]
    [InlineData("""{"a":1}""", """{"a":2}""", "[update a 1 2]")]
    [InlineData("""{"a":{"b":1,"c":2}}""", """{"a":{"c":3}}""", "[delete a.b 1 null|update a.c 2 3]")]
    [InlineData("""{"a":null}""", """{"a":{"x":1}}""", "[update a null {x=1}]")]
    [InlineData("""{"a":null,"b":null}""", """{"a":null}""", "[delete b null null]")]
    [InlineData("[1,2,3]", "[3,1,2]", "[]")]
    [InlineData("[1,2,3]", "[3,4,2]", "[delete 0 1 null|create 1 null 4]")]
    [InlineData("""[{"a":1}]""", """[{"a":2}]""", "[update 0.a 1 2]")]
    [InlineData("[1,1,2]", "[1,2]", "[delete 1 1 null]")]
    [InlineData("null", """{"a":1}""", "null")]
    public void Changes(string from, string to, string expected) => Assert.Equal(expected, Show(Call.Method(Difference.Diff, Json(from), Json(to))));

    [Theory]
    [InlineData("""{"a":1}""", "[1]")]
    [InlineData("""{"a":[1]}""", """{"a":{"b":1}}""")]
    public void Different_types_are_an_error(string from, string to) => Assert.True(Call.Method(Difference.Diff, Json(from), Json(to)).IsError);

    [Fact]
    public void A_patch_leads_from_one_array_to_the_other_but_for_the_order()
    {
        var random = new Random(3);
        for (int round = 0; round < 300 * TestScale.Factor; round++)
        {
            Value from = Random(random);
            Value to = Random(random);
            Value changes = Call.Method(Difference.Diff, from, to);
            Value patched = Call.Method(Patching.Patch, from, changes);
            Assert.Equal(Sorted(to), Sorted(patched));
        }
    }

    [Fact]
    public void A_patch_leaves_the_value_it_was_made_from()
    {
        Value from = Json("""{"a":{"b":[1,2]}}""");
        Value patched = Call.Method(Patching.Patch, from, Json("""[{"type":"delete","path":["a","b","0"]},{"type":"create","path":["c","d"],"to":true}]"""));
        Assert.Equal("{a={b=[2]}|c={d=true}}", Call.Show(patched));
        Assert.Equal("{a={b=[1|2]}}", Call.Show(from));
    }

    [Theory]
    [InlineData("5")]
    [InlineData("[5]")]
    [InlineData("""[{"Type":"other","Path":[]}]""")]
    [InlineData("""[{"Type":"update","Path":[5]}]""")]
    [InlineData("""[{"Type":"update","Path":["a","b","c"],"To":1}]""")]
    [InlineData("""[{"Type":"update","Path":["l","x"],"To":1}]""")]
    [InlineData("""[{"Type":"update","Path":["l","7"],"To":1}]""")]
    public void A_changelog_that_does_not_fit_is_an_error(string changes) =>
        Assert.True(Call.Method(Patching.Patch, Json("""{"a":{"b":1},"l":[1]}"""), Json(changes)).IsError);

    private static Value Json(string text) => Call.Method(JsonReading.ParseJson, Value.FromString(text), Value.True);

    private static Value Random(Random random) =>
        Json($$$"""{"list":[{{{string.Join(',', Enumerable.Range(0, random.Next(7)).Select(_ => random.Next(9)))}}}],"o":{"k{{{random.Next(3)}}}":{{{random.Next(3)}}} }}""");

    private static string Sorted(Value value)
    {
        Assert.True(value.TryGetMember("list"u8, out Value list));
        Assert.True(value.TryGetMember("o"u8, out Value rest));
        return string.Concat(Call.Show(list).Trim('[', ']').Split('|').Order(StringComparer.Ordinal)) + Call.Show(rest);
    }

    private static string Show(Value changes)
    {
        if (!changes.IsArray)
        {
            return Call.Show(changes);
        }

        var texts = new List<string>();
        foreach (Value change in changes.Elements)
        {
            string[] parts = [.. new[] { "Type", "Path", "From", "To" }.Select(k => change.TryGetMember(System.Text.Encoding.UTF8.GetBytes(k), out Value v) ? Call.Show(v) : "?")];
            texts.Add($"{parts[0]} {parts[1].Trim('[', ']').Replace('|', '.')} {parts[2]} {parts[3]}");
        }

        return $"[{string.Join('|', texts)}]";
    }
}
