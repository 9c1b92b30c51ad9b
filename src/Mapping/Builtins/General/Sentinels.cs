using Mapping.Functions;
using Mapping.Values;

namespace Mapping.Builtins.General;

/// <summary><c>deleted</c>, <c>nothing</c>, <c>throw</c>, <c>var</c>.</summary>
internal static class Sentinels
{
    public static readonly Builtin Deleted = BuiltinBuilder
        .Function("deleted", Category.General, "A value that removes the target it is assigned to, or the element it stands for.")
        .Returns("delete")
        .Static()
        .Example("", "root = this\nroot.a = deleted()", ("""{"a":1,"b":2}""", """{"b":2}"""))
        .Example("Drop elements.", "root = this.map_each(n -> if n < 2 { deleted() } else { n })", ("[1,2,3]", "[2,3]"))
        .FunctionBody(static _ => Value.Deleted);

    public static readonly Builtin Nothing = BuiltinBuilder
        .Function("nothing", Category.General, "A value that makes an assignment have no effect.")
        .Returns("nothing")
        .Static()
        .Example("", "root = this\nroot.a = nothing()", ("""{"a":1}""", """{"a":1}"""))
        .Example("Keep elements.", "root = this.map_each(n -> if n < 2 { nothing() } else { 0 })", ("[1,2,3]", "[1,0,0]"))
        .FunctionBody(static _ => Value.Nothing);

    public static readonly Builtin Throw = BuiltinBuilder
        .Function("throw", Category.General, "Fails with a text of one's own.")
        .Returns("never")
        .Parameter("why", ParameterType.String, "The text of the error.")
        .Example("", "root = throw(\"no good\")", ("{}", "Error: no good"))
        .Example("Caught again.", "root = throw(\"no good\").catch(err -> err)", ("{}", "no good"))
        .FunctionBody(static (EvaluationContext _, Value why) => Value.FromError(new EvaluationError(ErrorKind.Thrown, why.AsHostString())));

    /// <summary>The compiler reads the variable itself; this body only answers where there are no variables.</summary>
    public static readonly Builtin Var = BuiltinBuilder
        .Function("var", Category.General, "Gives the value of a variable whose name needs quotes.")
        .Parameter("name", ParameterType.String, "The name of the variable.")
        .Example("", "let \"a b\" = 5\nroot = var(\"a b\")", ("{}", "5"))
        .Example("", "root = var(\"x\").catch(\"unset\")", ("{}", "unset"))
        .FunctionBody(static (EvaluationContext _, Value name) => Value.Fail($"variable '{name.AsHostString()}' undefined"));
}
