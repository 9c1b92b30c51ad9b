using System.Buffers;
using System.Text;
using Mapping.Execution;

namespace Mapping.Tests.Execution;

/// <summary>A field is looked for where the last document had it; each of these documents has it elsewhere, or not only there.</summary>
public class RememberedPlaceTests
{
    private static readonly string[] Documents =
    [
        """{"a":1,"o":{"x":{"y":2}},"z":3}""",
        """{"a":1,"o":{"x":{"y":2}},"z":3}""",
        """{"a":1,"a":10,"o":{"x":{"y":20}},"z":30}""",
        """{"z":300,"o":{"x":{"y":200}},"a":100}""",
        """{"o":{"x":{"y":2,"y":7}},"a":8}""",
        """{"a":1,"o":[{"x":{"y":2}}],"z":3}""",
        """[{"a":1,"o":{"x":{"y":2}},"z":3}]""",
        """{}""",
        "4",
        """{"a":{"a":5},"o":{"x":{"y":6}}}""",
        """{"\u0061":9,"o":{"x":null}}""",
    ];

    private static readonly string[] Expected =
    [
        "[1,2,3]", "[1,2,3]", "[10,20,30]", "[100,200,300]", "[8,7,null]", "[1,null,3]", "[null,null,null]", "[null,null,null]", "[null,null,null]",
        """[{"a":5},6,null]""", "[9,null,null]",
    ];

    [Fact]
    public void A_field_is_found_wherever_it_is()
    {
        foreach (Tier tier in (Tier[])[Tier.Interpreter, Tier.Compiled])
        {
            CompiledMapping mapping = MappingEnvironment.Restricted.WithTier(tier).Compile("root = [this.a, this.o.x.y, this.z]");
            for (int round = 0; round < 3; round++)
            {
                for (int i = 0; i < Documents.Length; i++)
                {
                    Assert.Equal(Expected[i], Run(mapping, Documents[i]));
                }
            }
        }
    }

    /// <summary>What is set is remembered as well: by members of the document, and by those that came before.</summary>
    [Fact]
    public void A_field_is_set_wherever_it_is()
    {
        foreach (Tier tier in (Tier[])[Tier.Interpreter, Tier.Compiled])
        {
            CompiledMapping mapping = MappingEnvironment.Restricted.WithTier(tier).Compile("""
                root = this.without("z", "a")
                root.a = this.a.not_null().catch("none")
                root.n = true
                root.n = "twice"
                root.o = 1
                """);
            for (int round = 0; round < 3; round++)
            {
                Assert.Equal("""{"o":1,"a":1,"n":"twice"}""", Run(mapping, Documents[0]));
                Assert.Equal("""{"o":1,"a":10,"n":"twice"}""", Run(mapping, Documents[2]));
                Assert.Equal("""{"o":1,"a":100,"n":"twice"}""", Run(mapping, Documents[3]));
                Assert.Equal("""{"a":"none","n":"twice","o":1}""", Run(mapping, "{}"));
                Assert.Equal("""{"n":"twice","a":5,"o":1}""", Run(mapping, """{"a":5,"n":{"n":1},"z":{"z":2}}"""));
            }
        }
    }

    /// <summary>The table of keys that a large object has is of no use once it was small and grew again.</summary>
    [Fact]
    public void An_object_that_shrinks_and_grows_holds_every_key_once()
    {
        string mapping = string.Concat(Enumerable.Range(1, 17).Select(i => $"root.f{i:D2} = 1\n"))
            + "root.f17 = deleted()\nroot.f16 = deleted()\nroot.n1 = 1\nroot.n2 = 2\nroot.n1 = 5\nroot.sum = root.n1 + root.n2\n";
        string expected = "{" + string.Concat(Enumerable.Range(1, 15).Select(i => $"\"f{i:D2}\":1,")) + "\"n1\":5,\"n2\":2,\"sum\":7}";
        foreach (Tier tier in (Tier[])[Tier.Interpreter, Tier.Compiled])
        {
            Assert.Equal(expected, Run(MappingEnvironment.Restricted.WithTier(tier).Compile(mapping), "{}"));
        }
    }

    private static string Run(CompiledMapping mapping, string document)
    {
        var output = new ArrayBufferWriter<byte>();
        mapping.Run(Encoding.UTF8.GetBytes(document), output, out MappingError? error);
        return error?.ToString() ?? Encoding.UTF8.GetString(output.WrittenSpan);
    }
}
