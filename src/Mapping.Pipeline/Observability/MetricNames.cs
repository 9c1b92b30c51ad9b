using Mapping.Pipeline.Contracts;

namespace Mapping.Pipeline.Observability;

/// <summary>What the metrics of the engine say.</summary>
internal static class MetricNames
{
    private static readonly Dictionary<string, string> Descriptions = new(StringComparer.Ordinal)
    {
        ["input_received"] = "Messages read.",
        ["input_latency_ns"] = "From reading a delivery to its acknowledgement.",
        ["input_replayed"] = "Rejected messages that are delivered again.",
        ["input_connection_up"] = "Connections made.",
        ["input_connection_failed"] = "Attempts to connect that failed.",
        ["input_connection_lost"] = "Connections lost.",
        ["output_connection_up"] = "Connections made.",
        ["output_connection_failed"] = "Attempts to connect that failed.",
        ["output_connection_lost"] = "Connections lost.",
        ["processor_received"] = "Messages given to the processor.",
        ["processor_batch_received"] = "Batches given to the processor.",
        ["processor_sent"] = "Messages the processor gave on.",
        ["processor_batch_sent"] = "Batches the processor gave on.",
        ["processor_error"] = "Messages the processor flagged as failed.",
        ["processor_latency_ns"] = "Time for one batch.",
        ["output_sent"] = "Messages written.",
        ["output_batch_sent"] = "Batches written.",
        ["output_error"] = "Writes that failed.",
        ["output_rejected"] = "Messages refused because they still carried an error.",
        ["output_latency_ns"] = "Time for one write.",
        ["batch_created"] = "Batches closed, by what closed them.",
        ["messages_dropped"] = "Messages removed on purpose, by the reason.",
    };

    /// <summary>One line.</summary>
    public static string Describe(string name, MetricKind kind) => Descriptions.TryGetValue(name, out string? known) ? known : kind switch
    {
        MetricKind.Counter => "A counter.",
        MetricKind.Gauge => "A gauge.",
        _ => "A timing.",
    };
}
