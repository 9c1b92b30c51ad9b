using Mapping.Pipeline.Contracts;

namespace Mapping.Cli.Pipelines;

/// <summary>The streams of the process for components.</summary>
/// <param name="streams">The streams.</param>
/// <param name="closed">Called when nobody reads standard output any more.</param>
internal sealed class ProcessStreams(StandardStreams streams, Action closed) : IStandardStreams
{
    public Stream Input => streams.Input;

    public Stream Output { get; } = new WatchedOutput(streams.Output, closed);
}
