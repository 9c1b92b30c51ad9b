using Mapping.Ir;
using Mapping.Values;

namespace Mapping.Execution.Sites;

/// <summary>The body of a named map; its lines count from the map's start.</summary>
internal sealed class MapSite(BoundMap map)
{
    private readonly int first = map.Source.PositionOf(map.Span.Start).Line;

    public int LineOf(BoundStatement statement) => map.Source.PositionOf(statement.Span.Start).Line - first + 1;

    /// <summary>Only the innermost map tells its line.</summary>
    public static Value Fail(EvaluationError error, int line) =>
        error.MapCalls.Count == 0 ? error.Within($"failed assignment (line {line}): ") : Value.FromError(error);
}
