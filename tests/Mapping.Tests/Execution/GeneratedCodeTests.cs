using System.Linq.Expressions;
using Mapping.Execution;
using Mapping.Execution.Emission;
using Mapping.Testing;

namespace Mapping.Tests.Execution;

/// <summary>
/// The code that is made of the mappings of the performance budget, so that a change of it is seen and meant. Rename the received
/// files when it is.
/// </summary>
public class GeneratedCodeTests
{
    private static readonly string Folder = Repository.PathOf("bench", "mappings");

    public static TheoryData<string> Mappings() => [.. Directory.EnumerateFiles(Folder, "*.blobl").Select(f => Path.GetFileNameWithoutExtension(f))];

    [Theory]
    [MemberData(nameof(Mappings))]
    public void The_code_of_a_mapping(string mapping)
    {
        string text = File.ReadAllText(Path.Combine(Folder, $"{mapping}.blobl"));
        IReadOnlyList<LambdaExpression> code =
            GeneratedCode.Of(() => Assert.True(MappingEnvironment.Restricted.WithTier(Tier.Compiled).Compile(text).IsCompiled));
        Snapshot.Verify(CodePrinter.Print(code), mapping);
    }
}
