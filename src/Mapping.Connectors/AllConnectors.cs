using Mapping.Connectors.Kafka;
using Mapping.Connectors.SchemaRegistry;
using Mapping.Connectors.Sql;
using Mapping.Pipeline.Components;
using Mapping.Pipeline.Contracts;
using Mapping.Pipeline.Graph;

namespace Mapping.Connectors;

/// <summary>Every component of this project.</summary>
internal static class AllConnectors
{
    public static IReadOnlyList<ComponentGroup> All { get; } =
    [
        new(ComponentKind.Input, "kafka kafka_franz redpanda", static () => KafkaInput.Types),
        new(ComponentKind.Output, "kafka kafka_franz redpanda", static () => KafkaOutput.Types),
        new(ComponentKind.Output, "sql_insert", static () => [SqlInsertOutput.Type]),
        new(ComponentKind.Processor, "schema_registry_decode", static () => [SchemaRegistryDecode.Type]),
        new(ComponentKind.Processor, "schema_registry_encode", static () => [SchemaRegistryEncode.Type]),
        new(ComponentKind.Processor, "sql_insert", static () => [SqlInsertProcessor.Type]),
    ];

    /// <summary>Every component there is.</summary>
    public static Catalogue Catalogue { get; } = StandardCatalogue.Instance.With(All);
}
