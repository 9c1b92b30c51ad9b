using System.Runtime.CompilerServices;
using Mapping.Values;

namespace Mapping.Functions;

/// <summary>Declares a <see cref="Builtin"/>: a method ends with <c>Body</c>, a function with <c>FunctionBody</c>.</summary>
internal sealed class BuiltinBuilder
{
    private readonly List<Parameter> parameters = [];
    private readonly List<BuiltinExample> examples = [];
    private Builtin draft;

    private BuiltinBuilder(string name, bool isMethod, string category, string summary) =>
        draft = new Builtin(name, isMethod, category, summary) { Body = (FunctionBody)(static _ => default) };

    public static BuiltinBuilder Function(string name, string category, string summary) => new(name, isMethod: false, category, summary);

    public static BuiltinBuilder Method(string name, string category, string summary) => new(name, isMethod: true, category, summary);

    /// <summary>What the target of the method may be; without this call anything.</summary>
    public BuiltinBuilder On(Accepts receiver) => With(draft with { Receiver = receiver });

    public BuiltinBuilder Returns(string type) => With(draft with { Returns = type });

    /// <summary>A method whose evaluation shows later, or whose result depends on more than target and arguments.</summary>
    public BuiltinBuilder HasEffects() => With(draft with { HasEffects = true });

    /// <summary>It returns an array of such pairs.</summary>
    public BuiltinBuilder GivesPairs(PairKeys keys) => With(draft with { GivesPairs = keys });

    /// <summary>Of an array it returns an array of some of its elements.</summary>
    public BuiltinBuilder GivesElements() => With(draft with { GivesElements = true });

    /// <summary>One element of what it returns can be had without the others.</summary>
    public BuiltinBuilder Element(ElementBody element) => With(draft with { Element = element });

    /// <summary>A container that it returns is always new, or frozen.</summary>
    public BuiltinBuilder MakesNew() => With(draft with { MakesNew = true });

    public BuiltinBuilder Status(BuiltinStatus status) => With(draft with { Status = status });

    /// <summary>Not of the core language: Redpanda Connect adds it.</summary>
    public BuiltinBuilder FromConnect() => With(draft with { IsFromConnect = true });

    /// <summary>A required parameter.</summary>
    public BuiltinBuilder Parameter(string name, ParameterType type, string summary, bool literalOnly = false) =>
        Add(new Parameter(name, type, summary, IsLiteralOnly: literalOnly));

    /// <summary>A parameter with a default.</summary>
    public BuiltinBuilder Parameter(string name, ParameterType type, string summary, Value @default, bool literalOnly = false) =>
        Add(new Parameter(name, type, summary, @default, IsLiteralOnly: literalOnly));

    /// <summary>A query that sees an object of two members.</summary>
    public BuiltinBuilder Query(string name, string summary, PairKeys pair) => Add(new Parameter(name, ParameterType.Query, summary) { Pair = pair });

    public BuiltinBuilder OptionalQuery(string name, string summary, PairKeys pair) =>
        Add(new Parameter(name, ParameterType.Query, summary, IsOptional: true) { Pair = pair });

    /// <summary>A parameter that may be absent.</summary>
    public BuiltinBuilder Optional(string name, ParameterType type, string summary) =>
        Add(new Parameter(name, type, summary, IsOptional: true));

    public BuiltinBuilder Variadic() => With(draft with { IsVariadic = true });

    public BuiltinBuilder Static(string? unless = null) => With(draft with { IsStatic = true, StaticUnless = unless });

    public BuiltinBuilder Impure() => With(draft with { IsImpure = true });

    public BuiltinBuilder Flow(ValueFlow flow) => With(draft with { Flow = flow });

    public BuiltinBuilder DependsOnSource() => With(draft with { DependsOnSource = true });

    public BuiltinBuilder SeesErrors() => With(draft with { SeesErrors = true });

    public BuiltinBuilder LazyTarget() => With(draft with { HasLazyTarget = true });

    public BuiltinBuilder Example(string summary, string mapping, params (string Input, string Output)[] results)
    {
        examples.Add(new BuiltinExample(summary, mapping, results));
        return this;
    }

    /// <summary>The builtin turns its arguments into a state first; see <see cref="PreparedBody{TState}"/>.</summary>
    public BuiltinBuilder Prepare(Prepare prepare) => With(draft with { Prepare = prepare });

    /// <summary>As <see cref="Prepare"/>; the state depends on the arguments alone and never changes.</summary>
    public BuiltinBuilder PrepareForGood(Prepare prepare) => With(draft with { Prepare = prepare, IsPreparedForGood = true });

    public Builtin FunctionBody(FunctionBody body) => Finish(body);

    public Builtin FunctionBody(FunctionBody1 body) => Finish(body);

    public Builtin FunctionBody(FunctionBodyN body) => Finish(body);

    public Builtin Body(MethodBody body) => Finish(body);

    public Builtin Body(MethodBody1 body) => Finish(body);

    public Builtin Body(MethodBody2 body) => Finish(body);

    public Builtin Body(MethodBodyN body) => Finish(body);

    /// <summary>The body of a prepared builtin; a function's target is null.</summary>
    public Builtin Body<TState>(PreparedBody<TState> body)
        where TState : class
    {
        PreparedBody<object> erased = (context, target, state, arguments) => body(context, target, Unsafe.As<TState>(state), arguments);
        return Finish(erased) with { TypedBody = body };
    }

    private BuiltinBuilder Add(Parameter parameter)
    {
        parameters.Add(parameter);
        return this;
    }

    private BuiltinBuilder With(Builtin next)
    {
        draft = next;
        return this;
    }

    private Builtin Finish(Delegate body) => draft with { Parameters = parameters.ToArray(), Examples = examples.ToArray(), Body = body };
}
