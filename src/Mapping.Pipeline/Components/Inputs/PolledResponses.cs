using Mapping.Functions;
using Mapping.Pipeline.Components.Http;
using Mapping.Pipeline.Contracts;
using Mapping.Pipeline.Messages;

namespace Mapping.Pipeline.Components.Inputs;

/// <summary>A message, or a batch, for every response.</summary>
internal sealed class PolledResponses(HttpClientInputOptions options, HttpSender sender, IComponentContext context) : ResponseSource(options, sender, context)
{
    private Batch? ready;

    public override async ValueTask ConnectAsync(CancellationToken cancellation) => ready ??= await AskAsync(cancellation).ConfigureAwait(false);

    public override async ValueTask<Batch?> ReadAsync(CancellationToken cancellation)
    {
        if (ready is null)
        {
            try
            {
                await ConnectAsync(cancellation).ConfigureAwait(false);
            }
            catch (Exception error) when (error is ClassifiedException or InvalidDataException)
            {
                throw new DisconnectedException(error.Message, error);
            }
        }

        Batch batch = ready!;
        ready = null;
        return Give(batch);
    }

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private async ValueTask<Batch> AskAsync(CancellationToken cancellation)
    {
        while (true)
        {
            HttpOutcome outcome = await Sender.SendAsync(NextRequest(), null, cancellation).ConfigureAwait(false);
            if (outcome.Failure is { } failure)
            {
                throw failure;
            }

            IEnumerable<byte[]> bodies = await outcome.Reply!.BodiesAsync(cancellation).ConfigureAwait(false);
            var batch = Batch.Of(bodies.Where(b => b.Length > 0 || !Options.DropsEmpty).Select(b => new Message(b)));
            if (batch.Count > 0)
            {
                foreach (Message message in batch)
                {
                    outcome.Reply.Mark(message, Options.Request.ExtractHeaders);
                }

                return batch;
            }

            await PauseAsync(cancellation).ConfigureAwait(false);
        }
    }
}
