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
        ["output_sent"] = "Messages written; an archive counts as those it was made of.",
        ["output_batch_sent"] = "Batches written.",
        ["output_error"] = "Writes that failed.",
        ["output_rejected"] = "Messages refused because they still carried an error.",
        ["output_latency_ns"] = "Time for one write.",
        ["batch_created"] = "Batches closed, by what closed them.",
        ["buffer_received"] = "Messages put into the buffer.",
        ["buffer_batch_received"] = "Batches put into the buffer.",
        ["buffer_sent"] = "Messages taken out of the buffer.",
        ["buffer_batch_sent"] = "Batches taken out of the buffer.",
        ["buffer_latency_ns"] = "From taking a batch out of the buffer to its acknowledgement.",
        ["cache_success"] = "Calls of the cache that did what was asked, by the operation.",
        ["cache_error"] = "Calls of the cache that failed.",
        ["cache_latency_ns"] = "Time for one call of the cache.",
        ["cache_not_found"] = "Keys asked for that the cache does not have.",
        ["cache_duplicate"] = "Keys to add that the cache has already.",
        ["rate_limit_checked"] = "Accesses asked for.",
        ["rate_limit_triggered"] = "Accesses that had to wait.",
        ["rate_limit_error"] = "Questions that the rate limit failed to answer.",
        ["http_request_latency_ns"] = "Time for one attempt of a request.",
        ["messages_dropped"] = "Messages removed on purpose, by the reason.",
    };

    /// <summary>One line.</summary>
    public static string Describe(string name, MetricKind kind) => Descriptions.TryGetValue(name, out string? known) ? known : kind switch
    {
        MetricKind.Counter when name.StartsWith("http_request_code_", StringComparison.Ordinal) => "Responses to requests, by the class of their status.",
        MetricKind.Counter => "A counter.",
        MetricKind.Gauge => "A gauge.",
        _ => "A timing.",
    };
}
