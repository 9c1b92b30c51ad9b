using Mapping.Pipeline.Contracts;

namespace Mapping.Pipeline.Graph;

/// <summary>The types of components there are.</summary>
internal sealed class Catalogue
{
    private readonly Dictionary<(ComponentKind, string), ComponentType> types = [];

    public Catalogue(params IEnumerable<ComponentType> all)
    {
        foreach (ComponentType type in all)
        {
            types.Add((type.Kind, type.Name), type);
        }
    }

    public IEnumerable<ComponentType> All => types.Values.OrderBy(t => t.Kind).ThenBy(t => t.Name, StringComparer.Ordinal);

    /// <summary>With more types, such as those of connectors.</summary>
    public Catalogue With(IEnumerable<ComponentType> more) => new([.. types.Values, .. more]);

    public ComponentType? Find(ComponentKind kind, string name) => types.GetValueOrDefault((kind, name));

    public IEnumerable<string> NamesOf(ComponentKind kind) => types.Keys.Where(k => k.Item1 == kind).Select(k => k.Item2).Order(StringComparer.Ordinal);
}
