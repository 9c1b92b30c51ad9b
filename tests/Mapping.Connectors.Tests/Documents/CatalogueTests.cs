using Mapping.Pipeline.Components;
using Mapping.Pipeline.Contracts;
using Mapping.Pipeline.Graph;

namespace Mapping.Connectors.Tests.Documents;

/// <summary>The lists of components name what they make.</summary>
public sealed class CatalogueTests
{
    [Fact]
    public void A_group_makes_the_types_that_it_names()
    {
        foreach (ComponentGroup group in StandardCatalogue.All.Concat(AllConnectors.All))
        {
            Assert.Equal(group.Names.Select(name => (group.Kind, name)), group.All.Select(type => (type.Kind, type.Name)));
        }
    }

    [Fact]
    public void No_name_stands_for_two_types_of_a_kind()
    {
        IEnumerable<(ComponentKind, string)> names = StandardCatalogue.All.Concat(AllConnectors.All).SelectMany(group => group.Names.Select(name => (group.Kind, name)));
        Assert.DoesNotContain(names.CountBy(name => name), count => count.Value > 1);
    }

    [Fact]
    public void A_type_is_made_when_it_is_asked_for()
    {
        int made = 0;
        var catalogue = new Catalogue(new ComponentGroup(ComponentKind.Output, "one drop", () =>
        {
            made++;
            return [Component.Output("one", "One.", Component.NoFields, static (_, _) => throw new InvalidOperationException()), .. StandardCatalogue.Instance.All.Where(t => t is { Kind: ComponentKind.Output, Name: "drop" })];
        }));
        Assert.Equal(["drop", "one"], catalogue.NamesOf(ComponentKind.Output));
        Assert.Null(catalogue.Find(ComponentKind.Input, "one"));
        Assert.Equal(0, made);
        Assert.Equal("one", catalogue.Find(ComponentKind.Output, "one")?.Name);
        Assert.Equal("drop", catalogue.Find(ComponentKind.Output, "drop")?.Name);
        Assert.Equal(1, made);
    }
}
