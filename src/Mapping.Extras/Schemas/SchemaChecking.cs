using Mapping.Builtins;
using Mapping.Functions;

namespace Mapping.Extras.Schemas;

/// <summary><c>json_schema</c>.</summary>
internal static class SchemaChecking
{
    public static readonly Builtin JsonSchema = BuiltinBuilder
        .Method("json_schema", Category.Objects, "Checks a value against a JSON schema of draft 4, 6 or 7; gives the value itself, or an error with a line for every violation.")
        .Status(BuiltinStatus.Beta)
        .Returns("same")
        .Parameter("schema", ParameterType.String, "The text of the schema. References lead to places within it; schemas elsewhere are not loaded.")
        .Example(
            "",
            """root = this.json_schema("{\"type\":\"object\",\"required\":[\"id\"],\"properties\":{\"id\":{\"type\":\"integer\",\"minimum\":1}}}")""",
            ("""{"id":5}""", """{"id":5}"""),
            ("""{"id":0}""", "Error: id must be greater than or equal to 1"),
            ("{}", "Error: (root) id is required"))
        .Example(
            "Keeps what fits.",
            """root = this.filter(item -> item.json_schema("{\"type\":\"string\",\"format\":\"date\"}").(true).catch(false))""",
            ("""["2024-02-29","2023-02-29",7]""", """["2024-02-29"]"""))
        .Prepare(static (_, arguments) =>
        {
            Schema? schema = SchemaReader.TryRead(arguments[0].AsSpan(), out string? problem);
            return schema is null ? Preparation.Refuse($"failed to parse json schema definition: {problem}") : Preparation.Ready(schema);
        })
        .Body<Schema>(static (context, target, schema, _) =>
        {
            var run = new Validation(context);
            schema.Check(run, target);
            return run.Outcome(target);
        });
}
