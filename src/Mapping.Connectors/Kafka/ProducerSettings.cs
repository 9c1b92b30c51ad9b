using Confluent.Kafka;

namespace Mapping.Connectors.Kafka;

/// <summary>The settings of the client library that the fields of an output mean.</summary>
internal static class ProducerSettings
{
    /// <summary>Records that come within it travel together; a lone one hardly waits.</summary>
    private const double LingerMilliseconds = 1;

    public static ProducerConfig Of(KafkaOutputOptions options)
    {
        ProducerOptions own = options.Delivery;
        var config = new ProducerConfig();
        options.Connection.ApplyTo(config);
        config.Acks = own.Acks;
        config.EnableIdempotence = own.IsIdempotent;
        if (own.TransactionalId.Length > 0)
        {
            config.TransactionalId = own.TransactionalId;
        }

        config.CompressionType = own.Compression;
        config.MessageMaxBytes = (int)Math.Clamp(own.MaxMessageBytes, 1000, 1_000_000_000);
        config.RequestTimeoutMs = Math.Max(1, KafkaConnection.Milliseconds(own.RequestTimeout));
        config.MessageTimeoutMs = KafkaConnection.Milliseconds(own.DeliveryTimeout);
        config.MessageSendMaxRetries = own.Retries == 0 ? int.MaxValue : (int)own.Retries;
        config.MaxInFlight = (int)own.MaxRequests;
        config.QueueBufferingMaxMessages = (int)own.MaxBufferedRecords;
        config.LingerMs = LingerMilliseconds;
        config.DeliveryReportFields = "status";
        if (own.Backoff is { } backoff)
        {
            config.RetryBackoffMs = Math.Clamp(KafkaConnection.Milliseconds(backoff.Initial), 1, 300_000);
            config.RetryBackoffMaxMs = Math.Clamp(KafkaConnection.Milliseconds(backoff.Longest), config.RetryBackoffMs.Value, 300_000);
        }

        if (own.MaxBufferedBytes > 0)
        {
            config.QueueBufferingMaxKbytes = (int)Math.Clamp(own.MaxBufferedBytes / 1024, 1, int.MaxValue);
        }

        if (options.Connection.Overhead is { } overhead)
        {
            config.SocketTimeoutMs = Math.Clamp(KafkaConnection.Milliseconds(own.RequestTimeout + overhead), 10, 300_000);
        }

        if (!own.AllowsNewTopics)
        {
            config.Set("allow.auto.create.topics", "false");
        }

        // A record without a key may go anywhere.
        string? partitioner = own.Partitioning switch
        {
            Partitioning.Fnv1a => "fnv1a_random",
            Partitioning.Murmur2 => "murmur2_random",
            Partitioning.Random => "random",
            _ => null,
        };
        if (partitioner is not null)
        {
            config.Set("partitioner", partitioner);
        }

        options.Connection.ApplyOwn(config);
        return config;
    }
}
