using Confluent.Kafka;

namespace Mapping.Connectors.Kafka;

/// <summary>The settings of the client library that the fields of an input mean.</summary>
internal static class ConsumerSettings
{
    /// <summary>
    /// The client asks everything over one connection, where an idle fetch holds the rest up. A fetch that any byte ends can as well be
    /// asked more often.
    /// </summary>
    private static readonly TimeSpan LongestIdleFetch = TimeSpan.FromMilliseconds(500);

    public static ConsumerConfig Of(KafkaInputOptions options)
    {
        var config = new ConsumerConfig();
        options.Connection.ApplyTo(config);

        // The client wants a name also where no group is meant; nothing is ever committed under it.
        config.GroupId = options.Group.Length > 0 ? options.Group : options.Connection.ClientId;
        config.EnableAutoOffsetStore = false;
        config.EnableAutoCommit = options.Group.Length > 0;
        config.AutoCommitIntervalMs = Math.Max(1, KafkaConnection.Milliseconds(options.CommitPeriod));
        config.AutoOffsetReset = options.Start;
        config.SessionTimeoutMs = KafkaConnection.Milliseconds(options.Timing.Session);
        config.HeartbeatIntervalMs = KafkaConnection.Milliseconds(options.Timing.Heartbeat);
        config.MaxPollIntervalMs = KafkaConnection.Milliseconds(options.Timing.Rebalance > options.Timing.Session ? options.Timing.Rebalance : options.Timing.Session);
        config.PartitionAssignmentStrategy = options.Timing.Strategy;
        config.IsolationLevel = options.Fetch.Isolation;
        if (options.InstanceId.Length > 0)
        {
            config.GroupInstanceId = options.InstanceId;
        }

        ApplyFetch(options, config);
        options.Connection.ApplyOwn(config);
        return config;
    }

    private static void ApplyFetch(KafkaInputOptions options, ConsumerConfig config)
    {
        FetchOptions fetch = options.Fetch;
        config.FetchMaxBytes = Bytes(fetch.MaxBytes);
        config.MaxPartitionFetchBytes = Bytes(fetch.MaxPartitionBytes);
        config.FetchMinBytes = Bytes(fetch.MinBytes);
        if (fetch.MaxWait is { } wait)
        {
            config.FetchWaitMaxMs = KafkaConnection.Milliseconds(fetch.MinBytes is > 1 || wait < LongestIdleFetch ? wait : LongestIdleFetch);
            config.SocketTimeoutMs = options.Connection.Overhead is { } overhead ? Math.Max(10_000, KafkaConnection.Milliseconds(wait + overhead)) : null;
        }

        if (fetch.Buffered is { } buffered)
        {
            config.QueuedMinMessages = Bytes(buffered);
        }

        if (fetch.MaxBytes is { } most)
        {
            // The client refuses a whole fetch that is smaller than a message may be.
            config.MessageMaxBytes = Bytes(Math.Min(most, 1_000_000));
            config.ReceiveMessageMaxBytes = Bytes(Math.Max(most + 1024, 100_000_000));
        }
    }

    private static int? Bytes(long? size) => size is { } given ? (int)Math.Clamp(given, 1, 1_000_000_000) : null;
}
