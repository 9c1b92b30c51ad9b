using Mapping.Pipeline.Config;

namespace Mapping.Connectors.Kafka;

/// <summary>Fields that configurations for other engines may have, and that change nothing here.</summary>
internal static class IgnoredFields
{
    public static Field<TimeSpan?> TimelyNacks { get; } =
        Fields.OptionalDuration("timely_nacks_maximum_wait", "Understood, without effect: what is rejected is delivered again at once.").Advanced();

    public static Field<ConfigNode> Tcp { get; } =
        Fields.Any("tcp", "Understood, without effect: see the `socket.` settings of `client_settings`.").Optional().Advanced();

    public static Field<ConfigNode> TopicCreation { get; } =
        Fields.Any("custom_topic_creation", "Understood, without effect: create topics beforehand, or let the brokers do it with their own defaults.").Optional().Advanced();

    public static Field<long> BrokerWriteMax { get; } =
        Fields.Size("broker_write_max_bytes", "Understood, without effect: see `max_message_bytes`, and `batch.size` of `client_settings`.").Default("100MiB").Advanced();
}
