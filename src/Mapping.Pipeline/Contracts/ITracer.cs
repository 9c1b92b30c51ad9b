using System.Diagnostics;

namespace Mapping.Pipeline.Contracts;

/// <summary>Where the spans of messages go.</summary>
internal interface ITracer : IAsyncDisposable
{
    /// <summary>False when nobody looks at spans, so that none need to be made.</summary>
    bool IsOn => true;

    /// <summary>Called once; from then on the spans of the source are taken.</summary>
    void Start(ActivitySource spans)
    {
    }

    ValueTask IAsyncDisposable.DisposeAsync() => ValueTask.CompletedTask;
}
