using System.Collections.Frozen;

namespace Mapping.Functions;

/// <summary>The functions and methods of an environment; immutable.</summary>
internal sealed class Registry
{
    private readonly Dictionary<string, BuiltinGroup> functions;
    private readonly Dictionary<string, BuiltinGroup> methods;

    private Registry(Dictionary<string, BuiltinGroup> functions, Dictionary<string, BuiltinGroup> methods, FrozenSet<string> withheld)
    {
        this.functions = functions;
        this.methods = methods;
        Withheld = withheld;
        Functions = new BuiltinTable(functions, ofMethods: false);
        Methods = new BuiltinTable(methods, ofMethods: true);
    }

    public static Registry Empty { get; } = new([], [], FrozenSet<string>.Empty);

    public BuiltinTable Functions { get; }

    public BuiltinTable Methods { get; }

    /// <summary>Names that were taken away; a call of one is told so.</summary>
    public FrozenSet<string> Withheld { get; }

    /// <summary>What this edition of the program lacks; null when it has all there is.</summary>
    public EditionGap? Gap { get; init; }

    /// <summary>The registry with more builtins; a repeated name replaces the old one.</summary>
    public Registry With(IEnumerable<BuiltinGroup> added)
    {
        var moreFunctions = new Dictionary<string, BuiltinGroup>(functions);
        var moreMethods = new Dictionary<string, BuiltinGroup>(methods);
        foreach (BuiltinGroup group in added)
        {
            foreach (string name in group.Functions)
            {
                moreFunctions[name] = group;
            }

            foreach (string name in group.Methods)
            {
                moreMethods[name] = group;
            }
        }

        return new Registry(moreFunctions, moreMethods, Withheld) { Gap = Gap };
    }

    /// <summary>The registry of an edition that lacks some builtins.</summary>
    public Registry Lacking(EditionGap gap) => new(functions, methods, Withheld) { Gap = gap };

    /// <summary>The registry with some builtins only.</summary>
    public Registry Where(Func<Builtin, bool> keep)
    {
        Builtin[] all = [.. Functions.Values, .. Methods.Values];
        Registry kept = Empty.With(all.Where(keep).Select(b => new BuiltinGroup(b)));
        return new Registry(kept.functions, kept.methods, Withheld.Concat(all.Where(b => !keep(b)).Select(b => b.Name)).ToFrozenSet()) { Gap = Gap };
    }
}
