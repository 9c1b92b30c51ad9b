using Mapping.Pipeline.Contracts;

namespace Mapping.Connectors.Tests;

/// <summary>Standard streams of which a test has none.</summary>
internal sealed class NoStreams : IStandardStreams
{
    public Stream Input => Stream.Null;

    public Stream Output => Stream.Null;
}
