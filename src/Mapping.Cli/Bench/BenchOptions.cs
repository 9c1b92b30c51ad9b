namespace Mapping.Cli.Bench;

/// <summary>What <c>blobl bench</c> was asked to measure.</summary>
/// <param name="Duration">How long rounds are measured, warm-up not counted.</param>
/// <param name="Threads">Workers that run over the same documents at once.</param>
internal sealed record BenchOptions(TimeSpan Duration, int Threads);
