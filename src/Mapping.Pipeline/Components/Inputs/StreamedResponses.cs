using Mapping.Functions;
using Mapping.Pipeline.Components.Http;
using Mapping.Pipeline.Contracts;
using Mapping.Pipeline.Messages;

namespace Mapping.Pipeline.Components.Inputs;

/// <summary>The body of a response, cut into messages while it arrives.</summary>
internal sealed class StreamedResponses(HttpClientInputOptions options, HttpStreamOptions stream, HttpSender sender, IComponentContext context)
    : ResponseSource(options, sender, context)
{
    private readonly IScanner scanner = stream.Scanner.Create(context);
    private HttpOutcome? response;
    private IScan? scan;
    private bool gaveSome;

    public override async ValueTask ConnectAsync(CancellationToken cancellation)
    {
        if (scan is not null)
        {
            return;
        }

        HttpOutcome outcome = await Sender.OpenAsync(NextRequest(), cancellation).ConfigureAwait(false);
        if (outcome.Failure is { } failure)
        {
            throw failure;
        }

        response = outcome;
        scan = scanner.Open(await outcome.Open!.Content.ReadAsStreamAsync(cancellation).ConfigureAwait(false), Options.Request.Url.Text);
        gaveSome = false;
    }

    public override async ValueTask<Batch?> ReadAsync(CancellationToken cancellation)
    {
        while (true)
        {
            try
            {
                await ConnectAsync(cancellation).ConfigureAwait(false);
                if (await scan!.NextAsync(cancellation).ConfigureAwait(false) is { } batch)
                {
                    return Mark(batch);
                }
            }
            catch (Exception error) when (error is ClassifiedException or IOException or HttpRequestException or InvalidDataException)
            {
                await CloseAsync().ConfigureAwait(false);
                throw new DisconnectedException(error.Message, error);
            }

            if (!stream.Reconnects)
            {
                return null;
            }

            Context.Log.Write(LogLevel.Debug, "the response ended, asking again");
            await CloseAsync().ConfigureAwait(false);
            if (!gaveSome)
            {
                await PauseAsync(cancellation).ConfigureAwait(false);
            }
        }
    }

    public override ValueTask DisposeAsync() => CloseAsync();

    private Batch Mark(Batch batch)
    {
        gaveSome = true;
        foreach (Message message in batch)
        {
            response!.Reply!.Mark(message, Options.Request.ExtractHeaders);
        }

        return Give(batch);
    }

    private async ValueTask CloseAsync()
    {
        if (scan is not null)
        {
            await scan.DisposeAsync().ConfigureAwait(false);
            scan = null;
        }

        response?.Open?.Dispose();
        response = null;
    }
}
