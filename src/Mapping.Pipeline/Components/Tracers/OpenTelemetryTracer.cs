using System.Diagnostics;
using Mapping.Pipeline.Config;
using Mapping.Pipeline.Contracts;
using Mapping.Pipeline.Graph;
using OpenTelemetry;
using OpenTelemetry.Trace;

namespace Mapping.Pipeline.Components.Tracers;

internal sealed record OpenTelemetryTracerOptions(TelemetryOptions Telemetry, double Ratio);

/// <summary><c>open_telemetry_collector</c>: spans are sent to collectors.</summary>
internal sealed class OpenTelemetryTracer(OpenTelemetryTracerOptions options) : ITracer
{
    private static readonly Field<bool> Enabled = Fields.Bool("enabled", "Only some traces are sent.").Default("false");
    private static readonly Field<double> Ratio = Fields.Number("ratio", "How many of them, from 0 to 1; the trace id decides.").Default("1");

    private static readonly Field<double> Sampling = Fields.Group(
        "sampling",
        new Shape<double>([Enabled, Ratio], read => read.Get(Enabled) ? read.Get(Ratio) : 1)
            .Rule(static (ratio, _) => ratio is < 0 or > 1 ? new Breach("the ratio is from 0 to 1", Ratio) : null),
        "Which traces are sent.").Default("{}").Advanced();

    private TracerProvider? provider;

    public static ComponentType Type { get; } = new ComponentType<ITracer, OpenTelemetryTracerOptions>(
        ComponentKind.Tracer,
        "open_telemetry_collector",
        "Sends spans to OpenTelemetry collectors.",
        new Shape<OpenTelemetryTracerOptions>(
            [TelemetryOptions.ServiceField, TelemetryOptions.TagsField, TelemetryOptions.HttpField, TelemetryOptions.GrpcField, Sampling],
            read => new OpenTelemetryTracerOptions(TelemetryOptions.Read(read), read.Get(Sampling)))
            .Rule(static (options, _) => TelemetryOptions.NeedsCollector(options.Telemetry)),
        static (options, _) => new OpenTelemetryTracer(options))
    {
        Description = """
            Every message is a trace: a span `input_<type>` from reading to acknowledgement, within it one for every processor, named after its type, and one
            `output_<type>` for every write. A failure sets the attribute `error` and adds an event with the reason. A message whose metadata
            has a `traceparent` (W3C) continues that trace. Spans are sent in groups, and lost when no collector can be reached.
            """,
    };

    public void Start(ActivitySource spans)
    {
        TracerProviderBuilder builder = Sdk.CreateTracerProviderBuilder()
            .SetResourceBuilder(options.Telemetry.ResourceOf())
            .SetSampler(new ParentBasedSampler(new TraceIdRatioBasedSampler(options.Ratio)))
            .AddSource(spans.Name);
        foreach (CollectorAddress collector in options.Telemetry.Collectors)
        {
            builder.AddOtlpExporter(exporter => TelemetryOptions.Configure(exporter, collector, "traces"));
        }

        provider = builder.Build();
    }

    public ValueTask DisposeAsync()
    {
        provider?.ForceFlush(5000);
        provider?.Dispose();
        return ValueTask.CompletedTask;
    }
}
