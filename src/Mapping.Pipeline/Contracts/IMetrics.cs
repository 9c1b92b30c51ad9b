namespace Mapping.Pipeline.Contracts;

/// <summary>Numbers about the run. Instruments are made once, when a component is made, and are then cheap to use from any thread.</summary>
internal interface IMetrics
{
    ICounter Counter(string name, params ReadOnlySpan<(string Name, string Value)> labels);

    IGauge Gauge(string name, params ReadOnlySpan<(string Name, string Value)> labels);

    ITiming Timing(string name, params ReadOnlySpan<(string Name, string Value)> labels);

    /// <summary>Metrics that carry more labels.</summary>
    IMetrics With(params ReadOnlySpan<(string Name, string Value)> labels);
}

internal interface ICounter
{
    void Add(long count = 1);
}

internal interface IGauge
{
    void Set(double value);
}

internal interface ITiming
{
    /// <param name="elapsed">How long it took.</param>
    /// <param name="times">How often it took that long.</param>
    void Record(TimeSpan elapsed, int times = 1);
}
