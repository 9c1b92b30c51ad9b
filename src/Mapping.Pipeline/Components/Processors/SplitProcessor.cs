using Mapping.Functions;
using Mapping.Pipeline.Config;
using Mapping.Pipeline.Contracts;
using Mapping.Pipeline.Graph;
using Mapping.Pipeline.Messages;

namespace Mapping.Pipeline.Components.Processors;

/// <param name="Size">Messages in a batch.</param>
/// <param name="ByteSize">Bytes of bodies in a batch; 0 to count messages.</param>
internal sealed record SplitOptions(long Size, long ByteSize);

/// <summary><c>split</c>: smaller batches.</summary>
internal sealed class SplitProcessor(SplitOptions options) : IProcessor
{
    private static readonly Field<long> Size = Fields.Integer("size", "Messages in a batch.", least: 1).Default("1");
    private static readonly Field<long> ByteSize = Fields.Size("byte_size", "Bytes of bodies in a batch, instead of a number of messages; a longer message is a batch of its own. 0 counts messages.").Default("0");

    public static ComponentType Type { get; } = new ComponentType<IProcessor, SplitOptions>(
        ComponentKind.Processor,
        "split",
        "Makes smaller batches of a batch, in the same order.",
        new Shape<SplitOptions>([Size, ByteSize], read => new SplitOptions(read.Get(Size), read.Get(ByteSize))),
        static (options, _) => new SplitProcessor(options))
    {
        Description = "A batch counts as written when the last of its parts is.",
        Example = """
            input:
              generate: { count: 10, batch_size: 10, interval: "", mapping: root.id = counter() }
            pipeline:
              processors:
                - split: { size: 4 }
            output:
              drop: {}
            """,
    };

    public ValueTask<Batches> ProcessAsync(Batch batch, CancellationToken cancellation)
    {
        var parts = new List<Batch>();
        var part = new List<Message>();
        long bytes = 0;
        foreach (Message message in batch)
        {
            if (part.Count > 0 && (options.ByteSize > 0 ? bytes + message.Body.Length > options.ByteSize : part.Count >= options.Size))
            {
                parts.Add(Batch.Of(part));
                part.Clear();
                bytes = 0;
            }

            part.Add(message);
            bytes += message.Body.Length;
        }

        parts.Add(Batch.Of(part));
        return ValueTask.FromResult(parts.Count == 1 ? batch : Batches.Many(parts));
    }
}
