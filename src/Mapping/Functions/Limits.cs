namespace Mapping.Functions;

/// <summary>What one evaluation may use. Exceeding a limit is an error that a mapping cannot catch.</summary>
/// <param name="MaxSteps">Map entries and iterations.</param>
/// <param name="MaxDuration">Wall time of one evaluation, or null for no bound.</param>
/// <param name="MaxValueBytes">Bytes of one text or array.</param>
/// <param name="MaxTotalBytes">Bytes made by one evaluation in all.</param>
/// <param name="MaxDepth">Levels of containers in a value.</param>
/// <param name="MaxMapCalls">Maps that call each other.</param>
public sealed record Limits(
    long MaxSteps = 100_000_000,
    TimeSpan? MaxDuration = null,
    int MaxValueBytes = 64 * 1024 * 1024,
    long MaxTotalBytes = 1024L * 1024 * 1024,
    int MaxDepth = 10_000,
    int MaxMapCalls = 5_000)
{
    public static Limits Default { get; } = new();
}
