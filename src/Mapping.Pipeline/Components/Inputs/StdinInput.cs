using Mapping.Pipeline.Config;
using Mapping.Pipeline.Contracts;
using Mapping.Pipeline.Graph;
using Mapping.Pipeline.Messages;

namespace Mapping.Pipeline.Components.Inputs;

/// <param name="Scanner">Cuts the stream.</param>
/// <param name="ReplaysRejected">Rejected messages are delivered again.</param>
internal sealed record StdinOptions(ComponentPlan<IScanner> Scanner, bool ReplaysRejected);

/// <summary><c>stdin</c>: standard input, to its end.</summary>
internal sealed class StdinInput(StdinOptions options, IComponentContext context) : IInput
{
    private static readonly Field<ComponentPlan<IScanner>> Scanner = Fields.Scanner("scanner", "How the stream is cut into messages.").Default("lines: {}");

    private IScan? scan;

    public static ComponentType Type { get; } = Component.Input(
        "stdin",
        "Reads standard input; at its end the pipeline finishes what it has and stops.",
        new Shape<StdinOptions>([Scanner, SharedFields.AutoReplayNacks], read => new StdinOptions(read.Get(Scanner), read.Get(SharedFields.AutoReplayNacks))),
        static (options, context) => new StdinInput(options, context));

    public bool ReplaysRejected => options.ReplaysRejected;

    public ValueTask ConnectAsync(CancellationToken cancellation)
    {
        scan ??= options.Scanner.Create(context).Open(context.Streams.Input, "stdin");
        return ValueTask.CompletedTask;
    }

    public async ValueTask<Delivery?> ReadAsync(CancellationToken cancellation)
    {
        Batch? batch = context.MayDeliverLoose
            ? await scan!.NextLooseAsync(cancellation).ConfigureAwait(false)
            : await scan!.NextAsync(cancellation).ConfigureAwait(false);
        return batch is null ? null : new Delivery(batch);
    }

    public async ValueTask DisposeAsync()
    {
        if (scan is not null)
        {
            await scan.DisposeAsync().ConfigureAwait(false);
        }
    }
}
