using Mapping.Binding;
using Mapping.Execution;
using Mapping.Functions;
using Mapping.Values;

namespace Mapping;

/// <summary>Environments with more or less in them.</summary>
public sealed partial class MappingEnvironment
{
    private const string OwnCategory = "Own";

    /// <summary>Adds a function: <c>environment.WithFunction("answer", () => 42L)</c>. A repeated name replaces the old one.</summary>
    /// <exception cref="ArgumentException">The name is not lower case with underscores, or a type is not supported.</exception>
    public MappingEnvironment WithFunction<TResult>(string name, Func<TResult> body) =>
        With(Function(name).FunctionBody(context => Guarded(() => HostValue.From(body(), context))));

    public MappingEnvironment WithFunction<T, TResult>(string name, Func<T, TResult> body) =>
        With(Function(name, typeof(T)).FunctionBody((context, a) => Guarded(() => HostValue.From(body(HostValue.To<T>(a)), context))));

    /// <summary>
    /// Adds a method: <c>environment.WithMethod("shout", (string text) => text + "!")</c>. The type of the target decides
    /// what it may be called on; an exception becomes an error of the mapping.
    /// </summary>
    public MappingEnvironment WithMethod<TTarget, TResult>(string name, Func<TTarget, TResult> body) =>
        With(Method<TTarget>(name).Body((context, target) => Guarded(() => HostValue.From(body(HostValue.To<TTarget>(target)), context))));

    public MappingEnvironment WithMethod<TTarget, T, TResult>(string name, Func<TTarget, T, TResult> body) =>
        With(Method<TTarget>(name, typeof(T)).Body(
            (context, target, a) => Guarded(() => HostValue.From(body(HostValue.To<TTarget>(target), HostValue.To<T>(a)), context))));

    public MappingEnvironment WithMethod<TTarget, T1, T2, TResult>(string name, Func<TTarget, T1, T2, TResult> body) =>
        With(Method<TTarget>(name, typeof(T1), typeof(T2)).Body((MethodBody2)(
            (context, target, a, b) => Guarded(() => HostValue.From(body(HostValue.To<TTarget>(target), HostValue.To<T1>(a), HostValue.To<T2>(b)), context)))));

    /// <summary>Without the named functions and methods; calls of them do not compile.</summary>
    public MappingEnvironment Without(params string[] names) => new(registry.Where(b => !names.Contains(b.Name)), resolver, Services, isRestricted, tier);

    /// <summary>Without everything that reaches outside of the message.</summary>
    public MappingEnvironment OnlyPure() => new(registry.Where(b => !b.IsImpure), resolver, Services, isRestricted: true, tier);

    /// <summary>Imports come from the resolver; null disables them.</summary>
    public MappingEnvironment WithImports(IMappingResolver? imports) => new(registry, imports, Services, isRestricted, tier);

    /// <summary>Sets a variable that mappings find as <c>$name</c>; the value is a JSON document.</summary>
    /// <exception cref="ArgumentException">The text is no JSON document.</exception>
    public MappingEnvironment WithVariable(string name, string json)
    {
        byte[] text = System.Text.Encoding.UTF8.GetBytes(json);
        var document = new Values.Json.Document();
        if (!document.TryParse(text, 0, text.Length, strictUtf8: false, out Values.Json.JsonError? error))
        {
            throw new ArgumentException($"the value of {name} is no JSON document: {error.GetValueOrDefault().Message}");
        }

        return WithVariable(name, Value.FromDocument(document, document.RootIndex).Detach());
    }

    /// <summary>Sets a variable that mappings find as <c>$name</c> to a text.</summary>
    public MappingEnvironment WithTextVariable(string name, string text) => WithVariable(name, Value.FromString(text));

    /// <summary>Imports come from files of a folder; what leads out of it, links too, and files above 1 MiB are refused.</summary>
    public MappingEnvironment WithImportsBelow(string folder) => new(registry, new FileResolver(folder), Services, isRestricted, tier);

    public MappingEnvironment WithLimits(Limits limits) => new(registry, resolver, Services with { Limits = limits }, isRestricted, tier);

    public MappingEnvironment WithClock(TimeProvider clock) => new(registry, resolver, Services with { Clock = clock }, isRestricted, tier);

    /// <summary>Mappings compiled from now on run as the tier says; what they do is the same in each.</summary>
    internal MappingEnvironment WithTier(Tier chosen) => new(registry, resolver, Services, isRestricted, chosen);

    /// <summary>Calls of builtins that only other editions have are told so.</summary>
    internal MappingEnvironment Lacking(EditionGap gap) => new(registry.Lacking(gap), resolver, Services, isRestricted, tier);

    private MappingEnvironment WithVariable(string name, Value value) =>
        new(registry, resolver, Services with { Variables = new Dictionary<string, Value>(Services.Variables) { [name] = value } }, isRestricted, tier);

    /// <summary>With more builtins; a restricted environment takes only those that reach nothing outside of the message.</summary>
    internal MappingEnvironment With(IReadOnlyList<BuiltinGroup> builtins)
    {
        Registry all = registry.With(builtins);
        return new(isRestricted ? all.Where(b => !b.IsImpure) : all, resolver, Services, isRestricted, tier);
    }

    internal MappingEnvironment With(IReadOnlyList<Builtin> builtins) => With([.. builtins.Select(b => new BuiltinGroup(b))]);

    private MappingEnvironment With(Builtin builtin) => new(registry.With([new BuiltinGroup(builtin)]), resolver, Services, isRestricted, tier);

    private static BuiltinBuilder Function(string name, params Type[] parameters) =>
        Parameters(BuiltinBuilder.Function(Checked(name), OwnCategory, "Added by the host."), parameters);

    private static BuiltinBuilder Method<TTarget>(string name, params Type[] parameters) =>
        Parameters(BuiltinBuilder.Method(Checked(name), OwnCategory, "Added by the host.").On(HostValue.AcceptsOf(typeof(TTarget))), parameters);

    private static BuiltinBuilder Parameters(BuiltinBuilder builder, Type[] types)
    {
        for (int i = 0; i < types.Length; i++)
        {
            builder.Parameter(types.Length == 1 ? "value" : $"value{i + 1}", HostValue.ParameterTypeOf(types[i]), string.Empty);
        }

        return builder;
    }

    private static string Checked(string name)
    {
        bool valid = name.Length > 0 && name.Split('_').All(part => part.Length > 0 && part.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c)));
        return valid ? name : throw new ArgumentException($"\"{name}\" is no name for a function or method: lower-case letters, digits and single underscores only");
    }

    /// <summary>Code of the host may throw; inside a mapping that is an error value like any other.</summary>
    private static Value Guarded(Func<Value> body)
    {
        try
        {
            return body();
        }
#pragma warning disable CA1031 // Whatever the host throws is reported as the mapping's error.
        catch (Exception e)
#pragma warning restore CA1031
        {
            return Value.Fail(e.Message);
        }
    }
}
