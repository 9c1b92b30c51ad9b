using Mapping.Pipeline.Contracts;

namespace Mapping.Pipeline.Running;

/// <summary>Where nobody looks at metrics.</summary>
internal sealed class NoMetrics : IMetrics, ICounter, IGauge, ITiming
{
    private NoMetrics()
    {
    }

    public static NoMetrics Instance { get; } = new();

    public ICounter Counter(string name, params ReadOnlySpan<(string Name, string Value)> labels) => this;

    public IGauge Gauge(string name, params ReadOnlySpan<(string Name, string Value)> labels) => this;

    public ITiming Timing(string name, params ReadOnlySpan<(string Name, string Value)> labels) => this;

    public IMetrics With(params ReadOnlySpan<(string Name, string Value)> labels) => this;

    public void Add(long count)
    {
    }

    public void Set(double value)
    {
    }

    public void Record(TimeSpan elapsed, int times)
    {
    }
}
