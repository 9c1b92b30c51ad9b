using Mapping.Pipeline.Config;
using Mapping.Pipeline.Contracts;

namespace Mapping.Pipeline.Graph;

/// <summary>The fields of a configuration file.</summary>
internal static class RootShape
{
    public static Field<ComponentPlan<IInput>> Input { get; } = Fields.Input("input", "Where messages come from.").Default("stdin: {}");

    public static Field<ComponentPlan<IBuffer>> Buffer { get; } =
        new Field<ComponentPlan<IBuffer>>("buffer", new ComponentFieldType<IBuffer>(ComponentKind.Buffer), "A store between input and processors.").Optional().Advanced();

    public static Field<ComponentPlan<IOutput>> Output { get; } = Fields.Output("output", "Where messages go.").Default("stdout: {}");

    private static readonly Field<long> Threads =
        Fields.Integer("threads", "Workers that run the processors; 1 keeps the order, 0 or less is one for every processor of the machine.", most: 4096).Default("-1");

    private static readonly Field<CompiledMapping?> PartitionBy =
        Fields.Mapping("partition_by", "A key: messages that have the same stay in order, also while one of them is written again.").Optional().Example("this.customer_id");

    private static readonly Field<IReadOnlyList<ComponentPlan<IProcessor>>> Processors = Fields.Processors("processors", "Run one after another.").Default("[]");

    private static readonly Field<ProcessingPlan> Pipeline = Fields.Group(
        "pipeline",
        new Shape<ProcessingPlan>([Threads, PartitionBy, Processors], read => new ProcessingPlan((int)read.Get(Threads), read.Get(PartitionBy), read.Get(Processors))),
        "What is done with messages.").Default("{}");

    private static readonly Field<ErrorStrategy> Strategy = Fields.Choice(
        "strategy",
        "What happens with a message that still carries an error at an output: reject refuses it, none writes it like any other.",
        ("reject", ErrorStrategy.Reject),
        ("none", ErrorStrategy.None)).Default("reject");

    private static readonly Field<bool> Strict = Fields.Bool("strict", "A batch whose first message failed skips the processors that follow.").Default("false");

    private static readonly Field<ErrorHandling> Errors = Fields.Group(
        "error_handling",
        new Shape<ErrorHandling>([Strategy, Strict], read => new ErrorHandling(read.Get(Strategy), read.Get(Strict))),
        "What happens with messages that failed.").Default("{}").Advanced();

    private static readonly Field<TimeSpan> ShutdownDelay = Fields.Duration("shutdown_delay", "Pause after the signal to stop, before anything is closed.").Default("0s").Advanced();

    private static readonly Field<TimeSpan> ShutdownTimeout = Fields.Duration("shutdown_timeout", "How long an ordered stop may take.").Default("20s").Advanced();

    private static readonly Field<HttpOptions> Http = Fields.Group("http", HttpShape.Shape, "The HTTP server of the service.").Default("{}");

    private static readonly Field<MetricsOptions> Metrics = new Field<MetricsOptions>("metrics", new MetricsType(), "Where metrics go.").Default("prometheus: {}");

    private static readonly Field<ComponentPlan<ITracer>> Tracer =
        new Field<ComponentPlan<ITracer>>("tracer", new ComponentFieldType<ITracer>(ComponentKind.Tracer), "Where spans go.").Default("none: {}").Advanced();

    private static readonly Field<IReadOnlyList<TestCase>> Tests = Fields.List("tests", TestShape.Shape, "Unit tests of this configuration, run by blobl test.").Default("[]").Advanced();

    private static readonly Field<LoggerOptions> Logger = Fields.Group("logger", LoggerShape.Shape, "What is logged, and how.").Default("{}");

    // Read by the parts of the program that serve them.
    private static readonly Field[] Others =
    [
        Fields.Any("redpanda", "Connection shared by inputs and outputs.").Optional(),
    ];

    private static readonly Field[] Lists =
    [
        Resources(ComponentKind.Input),
        Resources(ComponentKind.Processor),
        Resources(ComponentKind.Output),
        Resources(ComponentKind.Cache),
        Resources(ComponentKind.RateLimit),
    ];

    /// <summary>A main file; the resources of all files are added later.</summary>
    public static Shape<Func<MapNode, PipelineGraph>> Main { get; } = new(
        [Input, Buffer, Pipeline, Output, Errors, ShutdownDelay, ShutdownTimeout, Logger, Http, Metrics, Tracer, Tests, .. Others, .. Lists],
        read => root => new PipelineGraph(
            read.Get(Input),
            read.Get(Buffer) is { Type: not "none" } buffer ? buffer : null,
            read.Get(Pipeline),
            read.Get(Output),
            read.Get(Errors),
            new ShutdownTimes(read.Get(ShutdownDelay), read.Get(ShutdownTimeout)),
            read.Get(Logger))
        {
            Root = root,
            Service = new ServiceOptions(read.Get(Http), read.Get(Metrics), read.Get(Tracer)),
            Tests = read.Get(Tests),
        });

    /// <summary>A file given with <c>-r</c>.</summary>
    public static Shape<bool> ResourceFile { get; } = new([.. Lists, Http, Metrics, Tracer, Tests, .. Others], static _ => true);

    /// <summary>A file beside a configuration that holds its tests.</summary>
    public static Shape<IReadOnlyList<TestCase>> TestFile { get; } = new([Tests], read => read.Get(Tests));

    /// <summary>The lists are read by hand, so that resources of a file that is wrong elsewhere are known too.</summary>
    private static Field<ConfigNode> Resources(ComponentKind kind) =>
        Fields.Any(kind.ResourceList()!, $"Shared components: every {kind.Word()} of the list has a label.").Optional();
}
