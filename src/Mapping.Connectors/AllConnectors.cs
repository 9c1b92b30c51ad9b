using Mapping.Connectors.Kafka;
using Mapping.Connectors.Sql;
using Mapping.Pipeline.Graph;

namespace Mapping.Connectors;

/// <summary>Every component of this project.</summary>
internal static class AllConnectors
{
    public static IReadOnlyList<ComponentType> Types { get; } =
    [
        .. KafkaInput.Types,
        .. KafkaOutput.Types,
        SqlInsertOutput.Type,
        SqlInsertProcessor.Type,
    ];
}
