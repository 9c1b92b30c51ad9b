using Mapping.Functions;
using Mapping.Pipeline.Config;
using Mapping.Pipeline.Contracts;
using Mapping.Pipeline.Graph;
using Mapping.Pipeline.Messages;

namespace Mapping.Pipeline.Components.Outputs;

internal sealed record StdoutOptions(Codec Codec);

/// <summary><c>stdout</c>: standard output.</summary>
internal sealed class StdoutOutput(StdoutOptions options, IComponentContext context) : IOutput
{
    private readonly MemoryStream block = new();

    public static ComponentType Type { get; } = Component.Output(
        "stdout",
        "Writes to standard output; the log then goes to standard error.",
        new Shape<StdoutOptions>([Codec.Field], read => new StdoutOptions(read.Get(Codec.Field))),
        static (options, context) => new StdoutOutput(options, context));

    public bool TakesLoose => true;

    public async ValueTask WriteAsync(Batch batch, CancellationToken cancellation)
    {
        block.SetLength(0);
        foreach (Message message in batch)
        {
            options.Codec.Write(message, block);
        }

        await context.Streams.Output.WriteAsync(block.GetBuffer().AsMemory(0, (int)block.Length), cancellation).ConfigureAwait(false);
        await context.Streams.Output.FlushAsync(cancellation).ConfigureAwait(false);
    }

    public ValueTask DisposeAsync() => block.DisposeAsync();
}
