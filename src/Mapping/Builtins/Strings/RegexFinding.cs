using System.Runtime.CompilerServices;
using Mapping.Builtins.Strings.Patterns;
using Mapping.Functions;
using Mapping.Values;

namespace Mapping.Builtins.Strings;

/// <summary><c>re_match</c> and <c>re_find_*</c>.</summary>
internal static class RegexFinding
{
    public static readonly Builtin ReMatch = Method("re_match", "Tells whether a regular expression matches any part of a string.")
        .Returns("bool")
        .Example("", """root.matches = this.v.re_match("[0-9]")""", ("""{"v":"there are 10 puppies"}""", """{"matches":true}"""), ("""{"v":"there are ten"}""", """{"matches":false}"""))
        .Example("Anchors make it match the whole.", """root = this.re_match("^(?i)[a-z]+$")""", ("\"Abc\"", "true"), ("\"a c\"", "false"))
        .Body<Pattern>(static (_, target, pattern, _) => Value.FromBool(pattern.IsMatch(target.AsSpan())));

    public static readonly Builtin ReFindAll = Method("re_find_all", "Gives all matches of a regular expression in a string.")
        .Returns("array")
        .Example("", """root.matches = this.v.re_find_all("a.")""", ("""{"v":"paranormal"}""", """{"matches":["ar","an","al"]}"""))
        .Example("Without a match the array is empty.", """root = this.re_find_all("[0-9]+")""", ("\"a1b22\"", """["1","22"]"""), ("\"none\"", "[]"))
        .Body<Pattern>(static (context, target, pattern, _) =>
        {
            ArrayNode found = context.Arena.NewArray();
            Value text = target.ToStringKind();
            using var matches = new MatchWalker(pattern, target.AsSpan(), withGroups: false);
            while (matches.MoveNext())
            {
                found.Add(text.Slice(matches.Start, matches.End - matches.Start));
            }

            return Value.FromArray(found);
        });

    public static readonly Builtin ReFindAllSubmatch = Method("re_find_all_submatch", "Gives all matches of a regular expression, each as an array of the whole match and its groups.")
        .Returns("array")
        .Example(
            "",
            """root.matches = this.v.re_find_all_submatch("a(x*)b")""",
            ("""{"v":"-axxb-ab-"}""", """{"matches":[["axxb","xx"],["ab",""]]}"""))
        .Example("Pairs.", """root = this.re_find_all_submatch("(\\w)=(\\d)")""", ("\"a=1 b=2\"", """[["a=1","a","1"],["b=2","b","2"]]"""))
        .Body<Pattern>(static (context, target, pattern, _) =>
        {
            ArrayNode found = context.Arena.NewArray();
            Value text = target.ToStringKind();
            using var matches = new MatchWalker(pattern, target.AsSpan(), withGroups: true);
            while (matches.MoveNext())
            {
                if (!context.TryGrow(16L * pattern.GroupCount, out Value exceeded))
                {
                    return exceeded;
                }

                ArrayNode groups = context.Arena.NewArray(pattern.GroupCount);
                for (int i = 0; i < pattern.GroupCount; i++)
                {
                    groups.Add(GroupText(text, matches.Groups, i));
                }

                found.Add(Value.FromArray(groups));
            }

            return Value.FromArray(found);
        });

    public static readonly Builtin ReFindObject = Method("re_find_object", "Gives the first match of a regular expression as an object: groups by name or number, the whole match as \"0\".")
        .Returns("object")
        .Example(
            "",
            """root.matches = this.v.re_find_object("a(?P<foo>x*)b")""",
            ("""{"v":"-axxb-ab-"}""", """{"matches":{"0":"axxb","foo":"xx"}}"""))
        .Example("Without a match the object is empty.", """root = this.re_find_object("(\\d+)")""", ("\"a12\"", """{"0":"12","1":"12"}"""), ("\"none\"", "{}"))
        .Body<Pattern>(static (context, target, pattern, _) =>
            pattern.IsAnchored && pattern.OnePass is { } table ? FindInOnePass(context, target, pattern, table) : FindObject(context, target, pattern));

    public static readonly Builtin ReFindAllObject = Method("re_find_all_object", "Gives all matches of a regular expression as objects: groups by name or number, the whole match as \"0\".")
        .Returns("array")
        .Example(
            "",
            """root.matches = this.v.re_find_all_object("a(?P<foo>x*)b")""",
            ("""{"v":"-axxb-ab-"}""", """{"matches":[{"0":"axxb","foo":"xx"},{"0":"ab","foo":""}]}"""))
        .Example("Groups without a name have numbers.", """root = this.re_find_all_object("(.)x")""", ("\"ax-bx\"", """[{"0":"ax","1":"a"},{"0":"bx","1":"b"}]"""))
        .Body<Pattern>(static (context, target, pattern, _) =>
        {
            ArrayNode found = context.Arena.NewArray();
            using var matches = new MatchWalker(pattern, target.AsSpan(), withGroups: true);
            while (matches.MoveNext())
            {
                if (!context.TryGrow(32L * pattern.GroupCount, out Value exceeded))
                {
                    return exceeded;
                }

                found.Add(GroupObject(context, target, pattern, matches.Groups));
            }

            return Value.FromArray(found);
        });

    private static BuiltinBuilder Method(string name, string summary) => BuiltinBuilder
        .Method(name, Category.Regex, summary)
        .On(Accepts.Text)
        .Parameter("pattern", ParameterType.String, "A regular expression in RE2 syntax.")
        .Prepare(static (_, arguments) => Pattern.TryCompile(arguments[0].AsHostString(), out Pattern? pattern, out string? error)
            ? Preparation.Ready(pattern)
            : Preparation.Refuse(error));

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Value FindObject(EvaluationContext context, Value target, Pattern pattern)
    {
        using var matches = new MatchWalker(pattern, target.AsSpan(), withGroups: true);
        return matches.MoveNext() ? GroupObject(context, target, pattern, matches.Groups) : Value.FromObject(context.Arena.NewObject());
    }

    /// <summary>Needs no memory of a matcher, as it can only match at the start.</summary>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Value FindInOnePass(EvaluationContext context, Value target, Pattern pattern, OnePassTable table)
    {
        Unsafe.SkipInit(out SlotBuffer slots);
        Unsafe.SkipInit(out SlotBuffer work);
        int count = pattern.GroupKeys.Length * 2;
        return table.TryMatch(target.AsSpan(), 0, ((Span<int>)slots)[..count], ((Span<int>)work)[..count])
            ? GroupObject(context, target, pattern, ((ReadOnlySpan<int>)slots)[..count])
            : Value.FromObject(context.Arena.NewObject());
    }

    private static Value GroupObject(EvaluationContext context, Value target, Pattern pattern, ReadOnlySpan<int> groups)
    {
        Value[] keys = pattern.GroupKeys;
        ObjectNode result = context.Arena.NewObject(keys.Length);
        if (pattern.HasDistinctKeys)
        {
            result.FillWithSlices(keys, target, groups);
        }
        else
        {
            SetOneByOne(result, keys, target, groups);
        }

        return Value.FromObject(result);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void SetOneByOne(ObjectNode result, Value[] keys, Value target, ReadOnlySpan<int> groups)
    {
        for (int i = 0; i < keys.Length; i++)
        {
            result.Set(keys[i], GroupText(target, groups, i));
        }
    }

    private static Value GroupText(Value text, ReadOnlySpan<int> groups, int index)
    {
        int start = groups[index * 2];
        return start < 0 ? text.Slice(0, 0) : text.Slice(start, groups[(index * 2) + 1] - start);
    }

    [InlineArray(OnePassTable.MaxSlots + 2)]
    private struct SlotBuffer
    {
        private int first;
    }
}
