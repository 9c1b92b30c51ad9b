using System.IO.Hashing;
using Mapping.Functions;
using Mapping.Pipeline.Config;
using Mapping.Pipeline.Contracts;
using Mapping.Pipeline.Graph;
using Mapping.Pipeline.Messages;

namespace Mapping.Pipeline.Components.Processors;

/// <param name="Ratio">The share that is kept, from 0 to 1.</param>
/// <param name="Key">Messages with the same one are kept or dropped together.</param>
/// <param name="Seed">Another one chooses other keys.</param>
internal sealed record SampleOptions(double Ratio, TextTemplate Key, long Seed);

/// <summary><c>sample</c>: a share of the messages, chosen by their keys.</summary>
internal sealed class SampleProcessor(SampleOptions options, IComponentContext context) : IProcessor
{
    private static readonly Field<double> Ratio = Fields.Number("ratio", "The share of keys that is kept, from 0 for none to 1 for all.").Example("0.1");
    private static readonly Field<TextTemplate> Key = Fields.Template("key", "Messages with the same key are all kept or all dropped.").Default("${! content() }").Example("${! this.customer_id }");
    private static readonly Field<long> Seed = Fields.Integer("seed", "Another number chooses other keys.").Default("0").Advanced();

    public static ComponentType Type { get; } = new ComponentType<IProcessor, SampleOptions>(
        ComponentKind.Processor,
        "sample",
        "Keeps a share of the messages, chosen by a key, and drops the others.",
        new Shape<SampleOptions>([Ratio, Key, Seed], read => new SampleOptions(read.Get(Ratio), read.Get(Key), read.Get(Seed)))
            .Rule(static (o, _) => o.Ratio is >= 0 and <= 1 ? null : new Breach("a ratio is from 0 to 1", Ratio)),
        static (options, context) => new SampleProcessor(options, context))
    {
        Description = """
            Which keys are kept depends on nothing but the key, the ratio and the seed: every instance and every run chooses the same, and
            a greater ratio keeps all that a smaller one does. Without a key, equal messages share their fate. Dropped messages are counted
            as `messages_dropped` with the reason `sample`.
            """,
        Example = """
            input:
              generate: { count: 100, interval: "", mapping: root.customer_id = counter() }
            pipeline:
              processors:
                - sample: { ratio: 0.1, key: "${! this.customer_id }" }
            output:
              drop: {}
            """,
    };

    public ValueTask<Batches> ProcessAsync(Batch batch, CancellationToken cancellation)
    {
        var kept = new List<Message>(batch.Count);
        for (int i = 0; i < batch.Count; i++)
        {
            if (!options.Key.TryResolve(batch, i, out byte[]? key, out string? error))
            {
                batch[i].Error = new MessageError($"the key of sample failed: {error}");
                kept.Add(batch[i]);
            }
            else if (IsKept(key))
            {
                kept.Add(batch[i]);
            }
        }

        context.Dropped(batch.Count - kept.Count, "sample");
        return ValueTask.FromResult<Batches>(kept.Count == batch.Count ? batch : Batch.Of(kept));
    }

    /// <summary>The upper 53 bits of the hash are a number from 0 to 1, all of them equally likely.</summary>
    private bool IsKept(byte[] key) => (XxHash64.HashToUInt64(key, options.Seed) >> 11) * (1.0 / (1UL << 53)) < options.Ratio;
}
