using Confluent.Kafka;
using Mapping.Pipeline.Contracts;

namespace Mapping.Connectors.Kafka;

/// <summary>
/// Says what a consumer reads: once, or again and again where topics are meant by pattern or partitions are found without a group.
/// Used by the reading thread only.
/// </summary>
internal sealed class AssignedTopics(KafkaInputOptions options, IComponentContext context, KafkaClient client, IConsumer<byte[]?, byte[]?> consumer, Action<IEnumerable<TopicPartition>> assigned)
{
    private readonly TopicSelection topics = options.Topics;
    private readonly HashSet<TopicPartition> known = [];
    private string[] subscribed = [];
    private long lastAsked;
    private bool hasBegun;

    /// <summary>A topic to ask the cluster about; null for all.</summary>
    public string? First => topics.IsPattern ? null : topics.Names.Count > 0 ? topics.Names[0] : topics.Partitions[0].Partition.Topic;

    private bool IsGroup => options.Group.Length > 0;

    public void Refresh()
    {
        if (topics.Partitions.Count > 0)
        {
            BeginGiven();
        }
        else if (IsGroup && !topics.IsPattern)
        {
            Subscribe([.. topics.Names]);
        }
        else if (!hasBegun || context.Clock.GetElapsedTime(lastAsked) >= options.Connection.MetadataMaxAge)
        {
            lastAsked = context.Clock.GetTimestamp();
            try
            {
                Look();
            }
            catch (DisconnectedException error) when (hasBegun)
            {
                // What is known is read on; new topics are looked for again later.
                context.Log.Write(LogLevel.Warn, error.Message);
            }

            hasBegun = true;
        }
    }

    private void BeginGiven()
    {
        if (!hasBegun)
        {
            hasBegun = true;
            Assign([.. topics.Partitions.Select(p => new TopicPartitionOffset(p.Partition, p.Offset is { } offset ? new Offset(offset) : Start))]);
        }
    }

    private Offset Start => IsGroup ? Offset.Stored : options.Start == AutoOffsetReset.Latest ? Offset.End : Offset.Beginning;

    private void Look()
    {
        IEnumerable<TopicMetadata> found = topics.IsPattern
            ? client.Ask(consumer.Handle, null).Topics.Where(t => topics.Fits(t.Topic))
            : topics.Names.SelectMany(name => client.Ask(consumer.Handle, name).Topics);
        if (IsGroup)
        {
            Subscribe([.. found.Select(static t => t.Topic).Order(StringComparer.Ordinal)]);
            return;
        }

        TopicPartition[] added = [.. found.SelectMany(static t => t.Partitions.Select(p => new TopicPartition(t.Topic, p.PartitionId))).Where(p => !known.Contains(p))];

        // A partition that appears later is new: all of it is wanted.
        Assign([.. added.Select(p => new TopicPartitionOffset(p, known.Count == 0 ? Start : Offset.Beginning))]);
    }

    private void Subscribe(string[] names)
    {
        if (names.Length > 0 && !names.SequenceEqual(subscribed))
        {
            subscribed = names;
            consumer.Subscribe(names);
        }
    }

    private void Assign(IReadOnlyList<TopicPartitionOffset> partitions)
    {
        if (partitions.Count > 0)
        {
            assigned(partitions.Select(static p => p.TopicPartition));
            known.UnionWith(partitions.Select(static p => p.TopicPartition));
            consumer.IncrementalAssign(partitions);
        }
    }
}
