using System.Reflection.PortableExecutable;
using Mapping.Testing;

namespace Mapping.Native.Tests;

/// <summary>The .NET tool as users get it.</summary>
public sealed class PackagedToolTests(PackagedTool blobl) : IClassFixture<PackagedTool>
{
    [PublishingFact]
    public void It_maps_a_document() => Assert.Equal(
        new Outcome(0, "{\"hello\":\"ADA\"}\n", string.Empty), blobl.Run("{\"name\":\"ada\"}\n", "exec", "root.hello = this.name.uppercase()"));

    [PublishingFact]
    public void It_has_what_the_native_binary_lacks() => Assert.Equal(
        "{\"slug\":\"hello-world\"}\n", blobl.Run("{\"t\":\"Hello World\"}", "exec", "root.slug = this.t.slug()").Output);

    [PublishingFact]
    public void Its_code_is_ready_to_run()
    {
        foreach (string assembly in (string[])["blobl.dll", "Mapping.dll", "Mapping.Extras.dll", "Antlr4.Runtime.Standard.dll"])
        {
            using var reader = new PEReader(File.OpenRead(blobl.Assembly(assembly)));
            Assert.True(reader.PEHeaders.CorHeader!.ManagedNativeHeaderDirectory.Size > 0, $"{assembly} holds no native code");
        }
    }
}
