namespace Mapping.Binding;

/// <summary>Where a context value is found: in a slot, or, as the default, it is the message document.</summary>
internal readonly record struct ContextReference(int? Slot)
{
    public static ContextReference Document => default;

    public static ContextReference InSlot(int slot) => new(slot);
}

/// <summary>
/// What <c>this</c> and the lambda parameters mean at a point of the text. Contexts nest by the text alone, so every
/// reference is settled while binding. As in the language, one outer level is remembered besides the message document:
/// a lambda steps back to it, a second one steps back to the document.
/// </summary>
internal sealed class Scope
{
    private readonly ContextReference outer;
    private readonly Scope? parent;
    private readonly string? name;
    private readonly ContextReference named;

    private Scope(ContextReference current, ContextReference outer, Scope? parent, string? name, ContextReference named)
    {
        Current = current;
        this.outer = outer;
        this.parent = parent;
        this.name = name;
        this.named = named;
    }

    /// <summary>The scope of a mapping: <c>this</c> is the message document.</summary>
    public static Scope Message { get; } = new(ContextReference.Document, ContextReference.Document, null, null, default);

    public ContextReference Current { get; }

    /// <summary>The scope of a map's body.</summary>
    public static Scope Map(int targetSlot, int callerSlot) =>
        new(ContextReference.InSlot(targetSlot), ContextReference.InSlot(callerSlot), null, null, default);

    /// <summary>The scope of a query: <c>this</c> is the value in the slot.</summary>
    public Scope Push(int slot) => new(ContextReference.InSlot(slot), Current, this, null, default);

    /// <summary>The scope of a lambda's body: the current context gets the name (unless it is <c>_</c>), <c>this</c> steps back.</summary>
    public Scope Capture(string parameter) =>
        new(outer, ContextReference.Document, this, parameter == "_" ? null : parameter, Current);

    public bool TryFind(string parameter, out ContextReference reference)
    {
        for (Scope? scope = this; scope is not null; scope = scope.parent)
        {
            if (scope.name == parameter)
            {
                reference = scope.named;
                return true;
            }
        }

        reference = default;
        return false;
    }
}
