using System.Collections.Frozen;

namespace Mapping.Functions;

/// <summary>The functions and methods of an environment; immutable.</summary>
internal sealed class Registry
{
    private Registry(FrozenDictionary<string, Builtin> functions, FrozenDictionary<string, Builtin> methods, FrozenSet<string> withheld)
    {
        Functions = functions;
        Methods = methods;
        Withheld = withheld;
    }

    public static Registry Empty { get; } =
        new(FrozenDictionary<string, Builtin>.Empty, FrozenDictionary<string, Builtin>.Empty, FrozenSet<string>.Empty);

    public FrozenDictionary<string, Builtin> Functions { get; }

    public FrozenDictionary<string, Builtin> Methods { get; }

    /// <summary>Names that were taken away; a call of one is told so.</summary>
    public FrozenSet<string> Withheld { get; }

    /// <summary>What this edition of the program lacks; null when it has all there is.</summary>
    public EditionGap? Gap { get; init; }

    /// <summary>The registry with more builtins; a repeated name replaces the old one.</summary>
    public Registry With(IEnumerable<Builtin> added)
    {
        var functions = new Dictionary<string, Builtin>(Functions);
        var methods = new Dictionary<string, Builtin>(Methods);
        foreach (Builtin builtin in added)
        {
            (builtin.IsMethod ? methods : functions)[builtin.Name] = builtin;
        }

        return new Registry(functions.ToFrozenDictionary(), methods.ToFrozenDictionary(), Withheld) { Gap = Gap };
    }

    /// <summary>The registry of an edition that lacks some builtins.</summary>
    public Registry Lacking(EditionGap gap) => new(Functions, Methods, Withheld) { Gap = gap };

    /// <summary>The registry with some builtins only.</summary>
    public Registry Where(Func<Builtin, bool> keep)
    {
        Builtin[] all = [.. Functions.Values, .. Methods.Values];
        Registry kept = Empty.With(all.Where(keep));
        return new Registry(kept.Functions, kept.Methods, Withheld.Concat(all.Where(b => !keep(b)).Select(b => b.Name)).ToFrozenSet()) { Gap = Gap };
    }
}
