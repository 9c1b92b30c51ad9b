using Mapping.Functions;
using Mapping.Values;

namespace Mapping.Builtins.Objects;

/// <summary><c>get</c>, <c>exists</c>.</summary>
internal static class Lookup
{
    public static readonly Builtin Get = BuiltinBuilder
        .Method("get", Category.Objects, "Gives the value at a path, or null where there is none.")
        .Flow(ValueFlow.AtPath)
        .Parameter("path", ParameterType.String, "Keys joined by dots; `~1` is a dot and `~0` a tilde within a key.")
        .PrepareForGood(ParsePath)
        .Example("", "root = this.get(this.path)", ("""{"path":"a.b","a":{"b":5}}""", "5"))
        .Example("Keys with dots.", "root = this.get(\"a~1b\")", ("""{"a.b":1}""", "1"))
        .Example("", "root = this.get(\"x.y\")", ("{}", "null"))
        .Body<FieldPath>(static (context, target, path, _) => path.Read(target, context.Arena));

    public static readonly Builtin Exists = BuiltinBuilder
        .Method("exists", Category.Objects, "Tells whether there is a value, an explicit null included, at a path.")
        .Flow(ValueFlow.HasPath)
        .Returns("bool")
        .Parameter("path", ParameterType.String, "Keys joined by dots; `~1` is a dot and `~0` a tilde within a key.")
        .PrepareForGood(ParsePath)
        .Example("", "root = this.exists(\"a.b\")", ("""{"a":{"b":null}}""", "true"), ("""{"a":{}}""", "false"))
        .Example("Positions of an array.", "root = this.exists(\"1\")", ("[0,1]", "true"), ("[0]", "false"))
        .Body<FieldPath>(static (context, target, path, _) => Value.FromBool(path.Exists(target, context.Arena)));

    private static Preparation ParsePath(BuiltinServices services, ReadOnlySpan<Value> arguments) =>
        Preparation.Ready(FieldPath.Parse(arguments[0].AsSpan()));
}
