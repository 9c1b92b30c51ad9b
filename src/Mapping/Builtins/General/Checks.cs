using Mapping.Functions;
using Mapping.Values;

namespace Mapping.Builtins.General;

/// <summary><c>type</c>, <c>not</c>, <c>not_null</c>, <c>not_empty</c>.</summary>
internal static class Checks
{
    private static readonly Value[] TypeNames = [.. Enum.GetValues<ValueKind>().Select(k => Value.FromString(NameOf(k)))];

    public static readonly Builtin Type = BuiltinBuilder
        .Method("type", Category.Coercion, "Gives the name of a value's type: string, bytes, number, bool, timestamp, array, object, null, delete or nothing.")
        .Flow(ValueFlow.Kind)
        .Returns("string")
        .Example("", "root = this.map_each(v -> v.type())", ("""[1,"a",null,true,[],{}]""", """["number","string","null","bool","array","object"]"""))
        .Example("", "root.v = deleted().type()", ("{}", """{"v":"delete"}"""))
        .Body(static (_, target) => TypeNames[(int)target.Kind]);

    public static readonly Builtin Not = BuiltinBuilder
        .Method("not", Category.General, "Negates a bool.")
        .On(Accepts.Bool)
        .Returns("bool")
        .Example("", "root = this.not()", ("true", "false"), ("false", "true"))
        .Example("Only bools.", "root = this.not()", ("0", "Error: expected bool value"))
        .Body(static (_, target) => Value.FromBool(!target.AsBool()));

    public static readonly Builtin NotNull = BuiltinBuilder
        .Method("not_null", Category.Coercion, "Fails when a value is null, and gives the value otherwise.")
        .Flow(ValueFlow.PassesOn)
        .Returns("same")
        .Example("", "root = this.a.not_null()", ("""{"a":5}""", "5"))
        .Example("", "root = this.a.not_null()", ("{}", "Error: value is null"))
        .Body(static (_, target) => target.IsNull ? Value.Fail("value is null") : target);

    public static readonly Builtin NotEmpty = BuiltinBuilder
        .Method("not_empty", Category.Coercion, "Fails when a string, array or object is empty, and gives it otherwise.")
        .On(Accepts.String | Accepts.Array | Accepts.Object)
        .Returns("same")
        .Example("", "root = this.a.not_empty()", ("""{"a":"x"}""", "x"))
        .Example("", "root = this.a.not_empty()", ("""{"a":[]}""", "Error: array value is empty"))
        .Body(static (_, target) => (target.IsString ? target.TextLength : target.Count) == 0 ? Value.Fail($"{target.TypeName} value is empty") : target);

    private static string NameOf(ValueKind kind) => kind switch
    {
        ValueKind.Int64 or ValueKind.UInt64 or ValueKind.Float64 or ValueKind.Lexical => "number",
        ValueKind.Deleted => "delete",
        _ => kind.ToString().ToLowerInvariant(),
    };
}
