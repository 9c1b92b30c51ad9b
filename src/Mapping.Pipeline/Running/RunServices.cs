using System.Diagnostics;
using Mapping.Pipeline.Contracts;
using Mapping.Pipeline.Graph;

namespace Mapping.Pipeline.Running;

/// <summary>What all components of one run share.</summary>
internal sealed record RunServices
{
    public required ILog Log { get; init; }

    public IMetrics Metrics { get; init; } = NoMetrics.Instance;

    /// <summary>Spans of messages; null when nobody traces.</summary>
    public ActivitySource? Spans { get; init; }

    /// <summary>What is made and has no owner yet.</summary>
    public Unowned Unowned { get; } = new();

    /// <summary>All inputs and outputs that connect.</summary>
    public ConnectionBoard Connections { get; } = new();

    public InFlight InFlight { get; } = new();

    public TimeProvider Clock { get; init; } = TimeProvider.System;

    public required IStandardStreams Streams { get; init; }

    public required IResources Resources { get; init; }

    /// <summary>What mappings may use.</summary>
    public MappingEnvironment Environment { get => field ?? MappingEnvironment.Restricted; init; }

    public IInternalChannels Channels { get; init; } = new InternalChannels();

    /// <summary>The HTTP server of the service; null when the run has none.</summary>
    public HttpEndpoints? Endpoints { get; init; }

    public required ErrorHandling Errors { get; init; }

    /// <summary>Messages go over lanes by their keys: a lane gathers its own batches and waits for each to be written.</summary>
    public bool HasLanes { get; init; }

    /// <summary>An input acknowledges messages before it hands them over. Set while the components are made.</summary>
    public bool AcknowledgesEarly { get; set; }

    /// <summary>Nothing new will come: batches that wait for more are closed.</summary>
    public CancellationToken Hurry { get; init; }

    /// <summary>Nothing more can be finished.</summary>
    public CancellationToken CutOff { get; init; }

    /// <summary>Called when a source has no more.</summary>
    public Action SourceEnded { get; init; } = static () => { };

    /// <summary>Seeds of jitter and samples; given by tests.</summary>
    public int? Seed { get; init; }
}
