using Mapping.Text;
using Mapping.Values;

namespace Mapping.Ir;

/// <summary>A whole mapping: its statements and all maps it can apply, imported ones included.</summary>
/// <param name="Source">The text the statements stand in.</param>
/// <param name="Statements">In order.</param>
/// <param name="Maps">By name.</param>
/// <param name="SlotCount">Slots for variables and contexts.</param>
internal sealed record BoundMapping(SourceText Source, IReadOnlyList<BoundStatement> Statements, IReadOnlyList<BoundMap> Maps, int SlotCount)
{
    /// <summary>Variables that the environment sets before the first statement.</summary>
    public IReadOnlyList<(int Slot, Value Value)> Presets { get; init; } = [];

    /// <summary>How the binder finds the paths.</summary>
    public required Func<BoundMapping, MappingPaths> PathAnalysis { get; init; }

    /// <summary>What it reads, copies and writes; found when first asked for.</summary>
    public MappingPaths Paths => field ??= PathAnalysis(this);
}

/// <summary><c>map name { ... }</c>; slot 0 is its target, slot 1 the context of the caller.</summary>
/// <param name="Source">The text it stands in, which may be an imported file.</param>
/// <param name="Span">From the keyword to the closing brace; lines in errors count from its start.</param>
internal sealed record BoundMap(string Name, SourceText Source, IReadOnlyList<BoundStatement> Statements, int SlotCount, TextSpan Span);

/// <summary>A text with interpolations: constant parts and expressions in turn.</summary>
internal sealed record BoundInterpolation(SourceText Source, IReadOnlyList<BoundExpression> Parts, int SlotCount);
