using System.Collections.Frozen;

namespace Mapping.Functions;

/// <summary>The functions and methods of an environment; immutable.</summary>
internal sealed class Registry
{
    private Registry(FrozenDictionary<string, Builtin> functions, FrozenDictionary<string, Builtin> methods)
    {
        Functions = functions;
        Methods = methods;
    }

    public static Registry Empty { get; } = new(FrozenDictionary<string, Builtin>.Empty, FrozenDictionary<string, Builtin>.Empty);

    public FrozenDictionary<string, Builtin> Functions { get; }

    public FrozenDictionary<string, Builtin> Methods { get; }

    /// <summary>The registry with more builtins; a repeated name replaces the old one.</summary>
    public Registry With(IEnumerable<Builtin> added)
    {
        var functions = new Dictionary<string, Builtin>(Functions);
        var methods = new Dictionary<string, Builtin>(Methods);
        foreach (Builtin builtin in added)
        {
            (builtin.IsMethod ? methods : functions)[builtin.Name] = builtin;
        }

        return new Registry(functions.ToFrozenDictionary(), methods.ToFrozenDictionary());
    }

    public Registry Where(Func<Builtin, bool> keep) => Empty.With(Functions.Values.Concat(Methods.Values).Where(keep));
}
