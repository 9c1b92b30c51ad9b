using System.Buffers;
using System.Text;
using Mapping.Functions;
using Mapping.Testing;

namespace Mapping.Conformance.Tests;

/// <summary>The builtin that CONTRIBUTING.md adds step by step compiles and does what its examples say.</summary>
public class WorkedExampleTests
{
    [Fact]
    public void The_text_is_the_code()
    {
        string guide = File.ReadAllText(Repository.PathOf("CONTRIBUTING.md")).ReplaceLineEndings("\n");
        string code = File.ReadAllText(Repository.PathOf("tests", "Mapping.Conformance.Tests", "Initials.cs")).ReplaceLineEndings("\n");
        string declaration = code[code.IndexOf("internal static class", StringComparison.Ordinal)..].TrimEnd('\n');
        string indented = string.Join("\n", declaration.Split('\n').Select(line => line.Length == 0 ? line : "   " + line));
        Assert.Contains($"```csharp\n{indented}\n   ```", guide, StringComparison.Ordinal);
    }

    [Fact]
    public void The_examples_give_what_they_say()
    {
        MappingEnvironment environment = MappingEnvironment.Restricted.With([Initials.Method]);
        Assert.True(Initials.Method.Examples.Count >= 2);
        foreach (BuiltinExample example in Initials.Method.Examples)
        {
            (string input, string output) = Assert.Single(example.Results);
            var written = new ArrayBufferWriter<byte>();
            environment.Compile(example.Mapping).Run(Encoding.UTF8.GetBytes(input), written, out MappingError? error);
            Assert.Null(error);
            Assert.Equal(output, Encoding.UTF8.GetString(written.WrittenSpan));
        }
    }
}
