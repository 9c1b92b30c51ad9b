using Mapping.Builtins;
using Mapping.Functions;

namespace Mapping.Extras.Paths;

/// <summary><c>json_path</c>.</summary>
internal static class PathQuerying
{
    public static readonly Builtin JsonPath = BuiltinBuilder
        .Method("json_path", Category.Objects, "Evaluates a JSONPath expression. A plain path gives its value or fails; wildcards, descents, slices, unions and filters give an array.")
        .FromConnect()
        .Returns("any")
        .Parameter("expression", ParameterType.String, "A path such as $.items[*].name, alone or within arithmetic, comparisons and conditions.")
        .Example(
            "",
            """root.all_names = this.json_path("$..name")""",
            ("""{"name":"alice","foo":{"name":"bob"}}""", """{"all_names":["alice","bob"]}"""))
        .Example(
            "Filters see the element as @.",
            """root.texts = this.json_path("$.body[?(@.type=='text')]")""",
            ("""{"body":[{"type":"image","id":"foo"},{"type":"text","id":"bar"}]}""", """{"texts":[{"type":"text","id":"bar"}]}"""))
        .Example(
            "What is missing on a plain path is an error.",
            """root = this.json_path("$.a.b").catch("none")""",
            ("""{"a":{"b":5}}""", "5"),
            ("""{"a":{}}""", "none"))
        .Prepare(static (_, arguments) =>
        {
            PathNode? expression = PathParser.TryParse(arguments[0].AsHostString(), out string? problem);
            return expression is null ? Preparation.Refuse($"failed to parse json path: {problem}") : Preparation.Ready(expression);
        })
        .Body<PathNode>(static (context, target, expression, _) => new PathScope(context, target).Finish(expression));
}
