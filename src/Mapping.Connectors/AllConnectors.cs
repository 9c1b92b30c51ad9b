using Mapping.Connectors.Kafka;
using Mapping.Connectors.SchemaRegistry;
using Mapping.Connectors.Sql;
using Mapping.Pipeline.Components;
using Mapping.Pipeline.Graph;

namespace Mapping.Connectors;

/// <summary>Every component of this project.</summary>
internal static class AllConnectors
{
    public static IReadOnlyList<ComponentType> Types { get; } =
    [
        .. KafkaInput.Types,
        .. KafkaOutput.Types,
        SchemaRegistryDecode.Type,
        SchemaRegistryEncode.Type,
        SqlInsertOutput.Type,
        SqlInsertProcessor.Type,
    ];

    /// <summary>Every component there is.</summary>
    public static Catalogue Catalogue { get; } = StandardCatalogue.Instance.With(Types);
}
