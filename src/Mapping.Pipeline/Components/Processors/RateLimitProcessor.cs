using Mapping.Pipeline.Config;
using Mapping.Pipeline.Contracts;
using Mapping.Pipeline.Graph;
using Mapping.Pipeline.Messages;

namespace Mapping.Pipeline.Components.Processors;

internal sealed record RateLimitOptions(string Resource);

/// <summary><c>rate_limit</c>: holds every message until a rate limit grants it.</summary>
internal sealed class RateLimitProcessor(RateLimitOptions options, IComponentContext context) : IProcessor
{
    private static readonly Field<string> Resource = Fields.Resource("resource", ComponentKind.RateLimit, "The label of the rate limit.");

    private readonly RateGate gate = new(context, options.Resource);

    public static ComponentType Type { get; } = new ComponentType<IProcessor, RateLimitOptions>(
        ComponentKind.Processor,
        "rate_limit",
        "Holds every message until a rate limit grants it, and changes nothing.",
        new Shape<RateLimitOptions>([Resource], static read => new RateLimitOptions(read.Get(Resource))),
        static (options, context) => new RateLimitProcessor(options, context))
    {
        Description = "A rate limit that fails is asked again after a second: messages wait, none is flagged or lost.",
        Example = """
            input:
              generate: { mapping: 'root.n = counter()', count: 3, interval: "" }
            pipeline:
              threads: 1
              processors:
                - rate_limit: { resource: gentle }
            output:
              stdout: {}
            rate_limit_resources:
              - label: gentle
                local: { count: 2, interval: 10ms }
            """,
    };

    public async ValueTask<Batches> ProcessAsync(Batch batch, CancellationToken cancellation)
    {
        for (int i = 0; i < batch.Count; i++)
        {
            await gate.EnterAsync(cancellation).ConfigureAwait(false);
        }

        return batch;
    }
}
