using Mapping.Builtins;
using Mapping.Extras;
using Mapping.Functions;

namespace Mapping.Conformance.Tests;

/// <summary>The lists of builtins name what they make.</summary>
public sealed class BuiltinGroupTests
{
    private static IEnumerable<BuiltinGroup> Groups =>
        Catalogue.Groups.Concat(ExtraBuiltins.All);

    [Fact]
    public void A_group_makes_the_builtins_that_it_names()
    {
        foreach (BuiltinGroup group in Groups)
        {
            Assert.Equal(Names(group), group.All.Select(Name).Order(StringComparer.Ordinal));
        }
    }

    [Fact]
    public void No_name_stands_for_two_builtins()
    {
        string[] repeated = [.. Groups.SelectMany(Names).CountBy(name => name).Where(c => c.Value > 1).Select(c => c.Key)];
        Assert.Empty(repeated);
    }

    [Fact]
    public void A_builtin_is_made_when_it_is_asked_for()
    {
        int made = 0;
        var group = new BuiltinGroup("one() .two", () =>
        {
            made++;
            return
            [
                BuiltinBuilder.Function("one", Category.General, "One.").FunctionBody(static _ => default),
                BuiltinBuilder.Method("two", Category.General, "Two.").Body(static (_, target) => target),
            ];
        });
        Registry registry = Registry.Empty.With([group]);
        Assert.True(registry.Functions.ContainsKey("one"));
        Assert.Equal(["two"], registry.Methods.Keys);
        Assert.False(registry.Methods.TryGetValue("one", out _));
        Assert.Equal(0, made);
        Assert.Equal("two", registry.Methods["two"].Name);
        Assert.Equal("one", Assert.Single(registry.Functions.Values).Name);
        Assert.Equal(1, made);
    }

    private static IEnumerable<string> Names(BuiltinGroup group) =>
        group.Methods.Select(name => $".{name}").Concat(group.Functions.Select(name => $"{name}()")).Order(StringComparer.Ordinal);

    private static string Name(Builtin builtin) => builtin.IsMethod ? $".{builtin.Name}" : $"{builtin.Name}()";
}
