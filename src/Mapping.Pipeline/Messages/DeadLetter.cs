using System.Text;
using Mapping.Functions;
using Mapping.Values;

namespace Mapping.Pipeline.Messages;

/// <summary>
/// A message that is laid aside because it could not be written. Where it was read is kept under names of their own, because whoever
/// reads the dead letter has a topic, a partition and an offset of its own.
/// </summary>
internal static class DeadLetter
{
    private const string Prefix = "original_";
    private const string Known = "kafka_";

    private static readonly string[] Provenance = ["topic", "partition", "offset", "key", "timestamp_ms"];

    /// <summary>Notes where the message was read; a dead letter that failed once more keeps what it says about its first way.</summary>
    public static void Mark(Message message)
    {
        message.Attachment = (Trail.Of(message) ?? new Trail(null, 0)) with { IsDeadLetter = true };
        if (!message.MetadataObject.IsObject || message.MetadataObject.TryGetMember("original_topic"u8, out _))
        {
            return;
        }

        var places = new List<(string, Value)>();
        foreach (string place in Provenance)
        {
            if (message.MetadataObject.TryGetMember(Encoding.UTF8.GetBytes(Known + place), out Value value))
            {
                places.Add((Prefix + place, value));
            }
        }

        MetadataValues.Set(message, [.. places]);
    }

    /// <summary>What belongs into the dead letter: all metadata but those of the place where the message was read last.</summary>
    public static bool Carries(string name) => !name.StartsWith(Known, StringComparison.Ordinal);
}
