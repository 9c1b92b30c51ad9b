using Mapping.Pipeline.Contracts;

namespace Mapping.Pipeline.Graph;

/// <summary>
/// Types of components that are declared together. Their names are known without their declarations, which are made when one of them is
/// asked for: a configuration uses few of them, and to make them all takes longer than to read it.
/// </summary>
internal sealed class ComponentGroup
{
    private readonly Func<IReadOnlyList<ComponentType>> make;
    private IReadOnlyList<ComponentType>? made;

    /// <param name="kind">What they all are.</param>
    /// <param name="names">With a space between.</param>
    /// <param name="make">Gives the types of these names.</param>
    public ComponentGroup(ComponentKind kind, string names, Func<IReadOnlyList<ComponentType>> make)
    {
        this.make = make;
        Kind = kind;
        Names = names.Split(' ');
    }

    /// <summary>One that is made already.</summary>
    public ComponentGroup(ComponentType type)
        : this(type.Kind, type.Name, () => [type])
    {
    }

    public ComponentKind Kind { get; }

    public IReadOnlyList<string> Names { get; }

    /// <summary>The types; of two threads that make them at once both get the same ones.</summary>
    public IReadOnlyList<ComponentType> All => Volatile.Read(ref made) ?? Interlocked.CompareExchange(ref made, make(), null) ?? made;
}
