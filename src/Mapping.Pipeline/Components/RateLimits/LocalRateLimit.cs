using Mapping.Pipeline.Config;
using Mapping.Pipeline.Contracts;
using Mapping.Pipeline.Graph;

namespace Mapping.Pipeline.Components.RateLimits;

/// <param name="Count">Accesses in a window.</param>
/// <param name="Interval">How long a window is.</param>
internal sealed record LocalRateLimitOptions(long Count, TimeSpan Interval);

/// <summary><c>local</c>: so many accesses in every window of time, counted in this process.</summary>
internal sealed class LocalRateLimit(LocalRateLimitOptions options, IComponentContext context) : IRateLimit
{
    private static readonly Field<long> Count = Fields.Integer("count", "Accesses granted in every interval.", least: 1).Default("1000");
    private static readonly Field<TimeSpan> Interval = Fields.Duration("interval", "The length of an interval; it begins with the first access after the last one ended.").Default("1s");

    private readonly Lock gate = new();
    private long begun = long.MinValue;
    private long granted;

    public static ComponentType Type { get; } = new ComponentType<IRateLimit, LocalRateLimitOptions>(
        ComponentKind.RateLimit,
        "local",
        "Grants so many accesses in every interval, to all who name its label together, within this process.",
        new Shape<LocalRateLimitOptions>([Count, Interval], static read => new LocalRateLimitOptions(read.Get(Count), read.Get(Interval)))
            .Rule(static (options, _) => options.Interval > TimeSpan.Zero ? null : new Breach("the interval of a rate limit cannot be 0", Interval, "set a duration such as 1s")),
        static (options, context) => new LocalRateLimit(options, context))
    {
        Example = """
            input:
              generate: { mapping: 'root.n = counter()', count: 3, interval: "" }
            pipeline:
              processors:
                - rate_limit: { resource: gentle }
            output:
              stdout: {}
            rate_limit_resources:
              - label: gentle
                local: { count: 100, interval: 1s }
            """,
    };

    public ValueTask<TimeSpan> AccessAsync(CancellationToken cancellation)
    {
        lock (gate)
        {
            long now = context.Clock.GetTimestamp();
            TimeSpan elapsed = begun == long.MinValue ? options.Interval : context.Clock.GetElapsedTime(begun, now);
            if (elapsed >= options.Interval)
            {
                begun = now;
                granted = 0;
                elapsed = TimeSpan.Zero;
            }

            if (granted < options.Count)
            {
                granted++;
                return ValueTask.FromResult(TimeSpan.Zero);
            }

            return ValueTask.FromResult(options.Interval - elapsed);
        }
    }
}
