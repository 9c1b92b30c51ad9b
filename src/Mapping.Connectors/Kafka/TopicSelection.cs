using System.Globalization;
using System.Text;
using Confluent.Kafka;
using Mapping.Builtins.Strings.Patterns;

namespace Mapping.Connectors.Kafka;

/// <summary>What an input reads: topics by name, topics by pattern, or partitions that are given.</summary>
/// <param name="Names">Whole topics.</param>
/// <param name="Partitions">Given partitions, with an offset to begin at or null.</param>
/// <param name="Include">Topics in whose names one of these is found.</param>
/// <param name="Exclude">But not those in which one of these is.</param>
internal sealed record TopicSelection(
    IReadOnlyList<string> Names,
    IReadOnlyList<(TopicPartition Partition, long? Offset)> Partitions,
    IReadOnlyList<Pattern> Include,
    IReadOnlyList<Pattern> Exclude)
{
    private const int MostPartitions = 100_000;

    /// <summary>The brokers' own, which a wide pattern does not mean: reading them makes them grow.</summary>
    private static readonly string[] InternalTopics = ["__consumer_offsets", "__transaction_state"];

    public bool IsPattern => Include.Count > 0;

    /// <summary>Reads names and <c>topic:0</c>, <c>topic:0-5</c>, <c>topic:3:100</c>; null with what is wrong.</summary>
    public static TopicSelection? Parse(IReadOnlyList<string> items, out string? problem)
    {
        problem = null;
        var names = new List<string>();
        var partitions = new List<(TopicPartition, long?)>();
        foreach (string item in KafkaConnection.Parts(items))
        {
            string[] parts = item.Split(':');
            if (parts.Length == 1)
            {
                names.Add(item);
            }
            else if (!TryParse(parts, partitions))
            {
                problem = $"\"{item}\" names no partitions: write topic:0, topic:0-5 or topic:0:1000 with an offset";
                return null;
            }
        }

        if (names.Count > 0 && partitions.Count > 0)
        {
            problem = "whole topics and given partitions cannot be mixed";
            return null;
        }

        return new TopicSelection(names, partitions, [], []);
    }

    /// <summary>Whether a pattern means the topic.</summary>
    public bool Fits(string topic)
    {
        byte[] name = Encoding.UTF8.GetBytes(topic);
        return !InternalTopics.Contains(topic) && Include.Any(p => p.IsMatch(name)) && !Exclude.Any(p => p.IsMatch(name));
    }

    private static bool TryParse(string[] parts, List<(TopicPartition, long?)> partitions)
    {
        long? offset = null;
        if (parts.Length > 3 || parts[0].Length == 0)
        {
            return false;
        }

        if (parts.Length == 3)
        {
            if (!long.TryParse(parts[2], NumberStyles.None, CultureInfo.InvariantCulture, out long given))
            {
                return false;
            }

            offset = given;
        }

        string[] ends = parts[1].Split('-');
        if (ends.Length > 2
            || !int.TryParse(ends[0], NumberStyles.None, CultureInfo.InvariantCulture, out int first)
            || !int.TryParse(ends[^1], NumberStyles.None, CultureInfo.InvariantCulture, out int last)
            || last < first || last - first >= MostPartitions)
        {
            return false;
        }

        for (int partition = first; partition <= last; partition++)
        {
            partitions.Add((new TopicPartition(parts[0], partition), offset));
        }

        return true;
    }
}
