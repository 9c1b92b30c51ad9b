using Mapping.Pipeline.Config;
using Mapping.Text;

namespace Mapping.Pipeline.Graph;

/// <summary>A unit test of a configuration.</summary>
internal sealed record TestCase(
    string Name,
    IReadOnlyList<KeyValuePair<string, string>> Variables,
    string TargetProcessors,
    string TargetMapping,
    IReadOnlyList<KeyValuePair<string, ConfigNode>> Mocks,
    IReadOnlyList<IReadOnlyList<TestMessage>> Input,
    IReadOnlyList<IReadOnlyList<TestExpectation>>? Output)
{
    public MapNode Node { get; init; } = null!;

    public int Line => Node.Source.PositionOf(Node.Span.Start).Line;
}

/// <summary>A message that is fed: one of the three contents.</summary>
internal sealed record TestMessage(string? Content, ConfigNode? Json, string? File, IReadOnlyList<KeyValuePair<string, ConfigNode>> Metadata);

/// <summary>What is to hold for a message that comes out; null is not asked.</summary>
internal sealed record TestExpectation(
    CompiledMapping? Holds,
    string? ContentEquals,
    string? ContentMatches,
    IReadOnlyList<KeyValuePair<string, ConfigNode>>? Metadata,
    string? FileEquals,
    string? FileJsonContains,
    string? FileJsonEquals,
    ConfigNode? JsonContains,
    ConfigNode? JsonEquals)
{
    public MapNode Node { get; init; } = null!;

    public SourceText Source => Node.Source;
}
