using Mapping.Builtins;
using Mapping.Functions;

namespace Mapping.Extras.Tests;

public class EnvironmentTests
{
    [Fact]
    public void Extras_add_to_the_builtins_and_replace_none()
    {
        foreach (Builtin extra in ExtraBuiltins.All.SelectMany(g => g.All))
        {
            Assert.DoesNotContain(extra.Name, (extra.IsMethod ? Catalogue.Full.Methods : Catalogue.Full.Functions).Keys);
        }

        Assert.Equal("3", Run.Mapping("root = this.length()", "[1,2,3]"));
    }
}
