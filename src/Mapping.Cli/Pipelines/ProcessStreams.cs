using Mapping.Pipeline.Contracts;

namespace Mapping.Cli.Pipelines;

/// <summary>The streams of the process for components.</summary>
internal sealed class ProcessStreams(StandardStreams streams) : IStandardStreams
{
    public Stream Input => streams.Input;

    public Stream Output => streams.Output;
}
