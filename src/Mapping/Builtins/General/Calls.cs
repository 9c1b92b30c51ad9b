using Mapping.Functions;
using Mapping.Values;

namespace Mapping.Builtins.General;

/// <summary><c>apply</c>, <c>map</c>, <c>bloblang</c>.</summary>
internal static class Calls
{
    public static readonly Builtin Apply = BuiltinBuilder
        .Method("apply", Category.General, "Runs a map of the mapping with the target as `this`.")
        .Parameter("mapping", ParameterType.String, "The name of the map.")
        .Example("", "map twice {\n  root = this * 2\n}\nroot = this.apply(\"twice\")", ("4", "8"))
        .Example("", "root = this.apply(\"missing\").catch(\"no map\")", ("4", "no map"))
        .Body(static (EvaluationContext context, Value target, Value name) => context.ApplyMap(name.AsHostString(), target, default));

    public static readonly Builtin Map = BuiltinBuilder
        .Method("map", Category.General, "Evaluates a query with the target as `this`.")
        .Flow(ValueFlow.IntoQuery)
        .Parameter("query", ParameterType.Query, "What to evaluate.")
        .Example("", "root = this.a.map(this.b + 1)", ("""{"a":{"b":1}}""", "2"))
        .Example("", "root = this.a.map(v -> v * v)", ("""{"a":3}""", "9"))
        .Body(static (EvaluationContext context, Value target, Value query) => query.AsQuery<Query>().Evaluate(context, target));

    public static readonly Builtin Bloblang = BuiltinBuilder
        .Method("bloblang", Category.Parsing, "Runs a mapping given as text with the target as its document.")
        .HasEffects()
        .Status(BuiltinStatus.Beta)
        .Parameter("mapping", ParameterType.String, "The mapping; it cannot reach the message or its surroundings.")
        .Prepare(Compile)
        .Example("", "root = this.doc.bloblang(this.mapping)", ("""{"doc":{"n":2},"mapping":"root.m = this.n * 2"}""", """{"m":4}"""))
        .Example("", "root = this.doc.bloblang(\"root = this.length()\")", ("""{"doc":[1,2]}""", "2"))
        .Body<Func<EvaluationContext, Value, Value>>(static (context, target, mapping, _) => mapping(context, target));

    private static Preparation Compile(BuiltinServices services, ReadOnlySpan<Value> arguments)
    {
        if (services.NestedCompiler is not { } compiler)
        {
            return Preparation.Refuse("mappings within mappings are not available here");
        }

        Func<EvaluationContext, Value, Value>? mapping = compiler.TryCompile(arguments[0].AsHostString(), out string? error);
        return mapping is null ? Preparation.Refuse(error ?? "the mapping cannot be compiled") : Preparation.Ready(mapping);
    }
}
