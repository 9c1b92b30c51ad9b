using Mapping.Pipeline.Config;
using Mapping.Pipeline.Contracts;

namespace Mapping.Pipeline.Graph;

/// <summary>A checked configuration: what will run, as plain data.</summary>
internal sealed record PipelineGraph(
    ComponentPlan<IInput> Input,
    ComponentPlan<IBuffer>? Buffer,
    ProcessingPlan Processing,
    ComponentPlan<IOutput> Output,
    ErrorHandling Errors,
    ShutdownTimes Shutdown,
    LoggerOptions Logger)
{
    public IReadOnlyDictionary<ResourceName, ComponentPlan> Resources { get; init; } = new Dictionary<ResourceName, ComponentPlan>();

    /// <summary>What was read, after variables and changes.</summary>
    public required MapNode Root { get; init; }

    public required ServiceOptions Service { get; init; }

    /// <summary>Values of secret fields, to be masked whenever the configuration is shown.</summary>
    public IReadOnlySet<ConfigNode> Secrets { get; init; } = new HashSet<ConfigNode>();

    /// <summary>The types it was read with.</summary>
    public Catalogue Catalogue { get; init; } = new();

    /// <summary>What its mappings may use, those that are only made while it runs as well.</summary>
    public MappingEnvironment Environment { get => field ?? MappingEnvironment.Restricted; init; }

    public IReadOnlyList<TestCase> Tests { get; init; } = [];
}

/// <summary>The section <c>pipeline</c>.</summary>
/// <param name="Threads">Workers; 1 keeps the order, 0 and below is one for every processor of the machine.</param>
/// <param name="PartitionBy">Messages with the same key stay in order, whatever the number of workers; null for no keys.</param>
/// <param name="Processors">Run one after another.</param>
internal sealed record ProcessingPlan(int Threads, CompiledMapping? PartitionBy, IReadOnlyList<ComponentPlan<IProcessor>> Processors);

/// <summary>What happens with a message that still carries an error when it reaches an output.</summary>
internal enum ErrorStrategy
{
    /// <summary>It is rejected, as if the write had failed.</summary>
    Reject,

    /// <summary>It is written like any other.</summary>
    None,
}

/// <summary>The section <c>error_handling</c>.</summary>
/// <param name="Strategy">For messages that still carry an error at an output.</param>
/// <param name="Strict">A batch whose first message failed skips the processors that follow, and is rejected.</param>
internal sealed record ErrorHandling(ErrorStrategy Strategy, bool Strict)
{
    public bool RejectsFailed => Strategy == ErrorStrategy.Reject || Strict;
}

/// <param name="Delay">Between the signal and the end of reading.</param>
/// <param name="Timeout">For all of it.</param>
internal sealed record ShutdownTimes(TimeSpan Delay, TimeSpan Timeout);

/// <summary>The section <c>logger</c>.</summary>
internal sealed record LoggerOptions(
    LogLevel Level,
    bool IsJson,
    bool AddTimestamp,
    string TimestampName,
    string LevelName,
    string MessageName,
    IReadOnlyList<KeyValuePair<string, string>> StaticFields)
{
    /// <summary>Null for the standard streams.</summary>
    public LogFileOptions? File { get; init; }
}

/// <summary>The section <c>logger.file</c>.</summary>
internal sealed record LogFileOptions(string Path, bool Rotates, long MostAgeDays);
