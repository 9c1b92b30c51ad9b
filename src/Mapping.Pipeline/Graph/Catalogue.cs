using Mapping.Pipeline.Contracts;

namespace Mapping.Pipeline.Graph;

/// <summary>The types of components there are; each is made when it is first asked for.</summary>
internal sealed class Catalogue
{
    private readonly Dictionary<string, ComponentGroup>[] groups = Array.ConvertAll(Enum.GetValues<ComponentKind>(), _ => new Dictionary<string, ComponentGroup>());

    public Catalogue(params IEnumerable<ComponentGroup> all)
    {
        foreach (ComponentGroup group in all)
        {
            foreach (string name in group.Names)
            {
                groups[(int)group.Kind].Add(name, group);
            }
        }
    }

    /// <summary>All of them, made.</summary>
    public IEnumerable<ComponentType> All => Groups.SelectMany(g => g.All).OrderBy(t => t.Kind).ThenBy(t => t.Name, StringComparer.Ordinal);

    private IEnumerable<ComponentGroup> Groups => groups.SelectMany(g => g.Values).Distinct();

    /// <summary>With more types, such as those of connectors.</summary>
    public Catalogue With(IEnumerable<ComponentGroup> more) => new([.. Groups, .. more]);

    public Catalogue With(IEnumerable<ComponentType> more) => With(more.Select(t => new ComponentGroup(t)));

    public ComponentType? Find(ComponentKind kind, string name) =>
        groups[(int)kind].TryGetValue(name, out ComponentGroup? group) ? group.All.First(t => t.Name == name) : null;

    public IEnumerable<string> NamesOf(ComponentKind kind) => groups[(int)kind].Keys.Order(StringComparer.Ordinal);
}
