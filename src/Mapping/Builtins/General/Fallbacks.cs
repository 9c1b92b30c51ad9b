using Mapping.Functions;
using Mapping.Values;

namespace Mapping.Builtins.General;

/// <summary><c>catch</c>, <c>or</c>.</summary>
internal static class Fallbacks
{
    public static readonly Builtin Catch = BuiltinBuilder
        .Method("catch", Category.General, "Gives a fallback where the target fails.")
        .Flow(ValueFlow.ElseWhenFailed)
        .SeesErrors()
        .Parameter("fallback", ParameterType.Query, "Evaluated only after a failure, with the text of the error as `this`.")
        .Example("", "root = this.number().catch(0)", ("\"x\"", "0"), ("\"5\"", "5"))
        .Example("The text of the error.", "root = throw(\"broken\").catch(err -> err.uppercase())", ("{}", "BROKEN"))
        .Body(AfterFailure);

    public static readonly Builtin Or = BuiltinBuilder
        .Method("or", Category.General, "Gives a fallback where the target fails, or is null, deleted or nothing.")
        .Flow(ValueFlow.ElseWhenMissing)
        .SeesErrors()
        .Parameter("fallback", ParameterType.Lazy, "Evaluated only when needed.")
        .Example("", "root = this.a.or(\"none\")", ("{}", "none"), ("""{"a":"x"}""", "x"))
        .Example("", "root = this.a.number().or(0)", ("""{"a":"x"}""", "0"))
        .Body(WhereMissing);

    private static Value AfterFailure(EvaluationContext context, Value target, Value fallback)
    {
        if (!target.IsError || target.AsError().IsFatal)
        {
            return target;
        }

        EvaluationError error = target.AsError();
        return fallback.Kind == ValueKind.Query
            ? fallback.AsQuery<Query>().Evaluate(context, context.Arena.String(error.CaughtMessage ?? error.Message))
            : fallback;
    }

    private static Value WhereMissing(EvaluationContext context, Value target, Value fallback)
    {
        bool missing = target.IsNull || target.IsSentinel || (target.IsError && !target.AsError().IsFatal);
        return missing ? Lazily.Evaluate(context, fallback) : target;
    }
}
