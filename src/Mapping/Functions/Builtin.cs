using Mapping.Values;

namespace Mapping.Functions;

/// <summary>
/// A function or method, declared once: name, documentation, types, examples (which run as tests) and body. Made by
/// <see cref="BuiltinBuilder"/>.
/// </summary>
internal sealed record Builtin(string Name, bool IsMethod, string Category, string Summary)
{
    public BuiltinStatus Status { get; init; } = BuiltinStatus.Stable;

    /// <summary>One of the builtins that Redpanda Connect adds to the core language.</summary>
    public bool IsFromConnect { get; init; }

    /// <summary>What the target of a method may be.</summary>
    public Accepts Receiver { get; init; } = Accepts.Any;

    public IReadOnlyList<Parameter> Parameters { get; init; } = [];

    /// <summary>Any number of positional arguments of any type, and no names.</summary>
    public bool IsVariadic { get; init; }

    /// <summary>Foldable: the same literal arguments and target always give the same result.</summary>
    public bool IsStatic { get; init; }

    /// <summary>A bool parameter that, when true, makes the builtin not static.</summary>
    public string? StaticUnless { get; init; }

    /// <summary>Reaches outside of the message: absent from restricted environments.</summary>
    public bool IsImpure { get; init; }

    /// <summary>Where the mapping's text comes from matters to its preparation.</summary>
    public bool DependsOnSource { get; init; }

    /// <summary>The target may be an error, which the body then sees; otherwise errors pass by.</summary>
    public bool SeesErrors { get; init; }

    /// <summary>The target arrives unevaluated, as a query (<c>from</c>).</summary>
    public bool HasLazyTarget { get; init; }

    /// <summary>The type of the result as documented.</summary>
    public string Returns { get; init; } = "any";

    /// <summary>The result is a value or an error, never the absence of a value, and no part of the target is handed on in it.</summary>
    public bool GivesValues => Returns is not ("any" or "same" or "delete" or "nothing");

    /// <summary>
    /// Evaluating it does something that shows later, or gives another result for the same target and arguments. Methods only; of functions
    /// it is assumed.
    /// </summary>
    public bool HasEffects { get; init; }

    /// <summary>It returns an array of such pairs.</summary>
    public PairKeys? GivesPairs { get; init; }

    /// <summary>Of an array it returns an array of some of its elements.</summary>
    public bool GivesElements { get; init; }

    /// <summary>Gives one element of what it returns without making the others.</summary>
    public ElementBody? Element { get; init; }

    /// <summary>A container that it returns is new, or frozen: nobody else can change it or see it change.</summary>
    public bool MakesNew { get; init; }

    /// <summary>What is known of the way values take through it.</summary>
    public ValueFlow Flow { get; init; }

    public IReadOnlyList<BuiltinExample> Examples { get; init; } = [];

    /// <summary>Makes the state of a prepared builtin; null for all others.</summary>
    public Prepare? Prepare { get; init; }

    /// <summary>One of the delegates of this folder; prepared bodies take their state as an object.</summary>
    /// <summary>The state depends on the arguments alone and never changes, so it may be kept for when the same arguments come again.</summary>
    public bool IsPreparedForGood { get; init; }

    public required Delegate Body { get; init; }

    /// <summary>The body of a prepared builtin as it was declared, a <see cref="PreparedBody{TState}"/> of its own state; null for others.</summary>
    public Delegate? TypedBody { get; init; }

    public string KindName => IsMethod ? "method" : "function";
}

internal enum BuiltinStatus
{
    Stable,
    Beta,
    Experimental,
    Deprecated,
}

/// <summary>An example that is documentation and test at once.</summary>
/// <param name="Summary">What it shows; may be empty.</param>
/// <param name="Mapping">A whole mapping.</param>
/// <param name="Results">Input documents and the documents, or the part of an error text after <c>Error: </c>, they give.</param>
internal sealed record BuiltinExample(string Summary, string Mapping, IReadOnlyList<(string Input, string Output)> Results);
