using Mapping.Functions;
using Mapping.Pipeline.Components.Http;
using Mapping.Pipeline.Config;
using Mapping.Pipeline.Contracts;
using Mapping.Pipeline.Graph;
using Mapping.Pipeline.Messages;

namespace Mapping.Pipeline.Components.Processors;

internal sealed record HttpProcessorOptions(RequestOptions Request, bool IsParallel, bool IsMultipart);

/// <summary><c>http</c>: messages are requests, and become the responses.</summary>
internal sealed class HttpProcessor : IProcessor
{
    private static readonly Field<bool> Parallel = Fields.Bool("parallel", "Send the messages of a batch at once; their order stays.").Default("false");
    private static readonly Field<bool> AsMultipart = Fields.Bool("batch_as_multipart", "Send a batch as one multipart request.").Default("false").Advanced();

    private readonly HttpProcessorOptions options;
    private readonly HttpSender sender;
    private readonly HttpRequestMaker maker;

    public HttpProcessor(HttpProcessorOptions options, IComponentContext context)
    {
        this.options = options;
        sender = new HttpSender(options.Request, context);
        maker = new HttpRequestMaker(options.Request, [], context.CreateRandom());
    }

    public static ComponentType Type { get; } = new ComponentType<IProcessor, HttpProcessorOptions>(
        ComponentKind.Processor,
        "http",
        "Sends messages to an HTTP server and puts the responses in their place.",
        new Shape<HttpProcessorOptions>(
            [.. RequestOptions.All, Parallel, AsMultipart],
            static read => new HttpProcessorOptions(RequestOptions.Read(read), read.Get(Parallel), read.Get(AsMultipart)))
            .Rule(static (options, _) => options.Request.Check()),
        static (options, context) => new HttpProcessor(options, context))
    {
        Description = """
            The body of the response replaces the body of the message; metadata stays, and `http_status_code` is added, also when the request
            failed. A multipart response becomes several messages. Use `branch` to keep the message and take over a part of the response.

            Attempts are made as in the output `http_client`. When all of them failed, the message keeps its content and is flagged as failed.

            A message without a body (a tombstone) passes unchanged and no request is made: the response would turn it into something else.
            """,
        Example = """
            input:
              generate: { mapping: 'root.id = 1', count: 1 }
            pipeline:
              processors:
                - branch:
                    processors:
                      - http: { url: http://localhost:1/items, verb: GET, retries: 0 }
                    result_map: root.item = this
                - catch:
                    - mapping: root = this.merge({"item":"unknown"})
            output:
              stdout: {}
            """,
    };

    public async ValueTask<Batches> ProcessAsync(Batch batch, CancellationToken cancellation)
    {
        if (options.IsMultipart)
        {
            return await SendTogetherAsync(batch, cancellation).ConfigureAwait(false);
        }

        // Requests are made of the batch as it was, whatever becomes of its messages meanwhile.
        Batch seen = batch.Count > 1 ? batch.Copy() : batch;
        var results = new IReadOnlyList<Message>[batch.Count];
        if (options.IsParallel)
        {
            await Task.WhenAll(Enumerable.Range(0, batch.Count).Select(async i => results[i] = await SendAsync(seen, i, batch[i], cancellation).ConfigureAwait(false))).ConfigureAwait(false);
        }
        else
        {
            for (int i = 0; i < batch.Count; i++)
            {
                results[i] = await SendAsync(seen, i, batch[i], cancellation).ConfigureAwait(false);
            }
        }

        return Batch.Of(results.SelectMany(static r => r));
    }

    public ValueTask DisposeAsync()
    {
        sender.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task<IReadOnlyList<Message>> SendAsync(Batch seen, int index, Message message, CancellationToken cancellation)
    {
        if (message.IsNull)
        {
            return [message];
        }

        try
        {
            HttpOutcome outcome = await sender.SendAsync(maker.Of(seen, index), message, cancellation).ConfigureAwait(false);
            outcome.Reply?.Mark(message, options.Request.ExtractHeaders);
            return outcome.Failure is null ? Made(message, await outcome.Reply!.BodiesAsync(cancellation).ConfigureAwait(false)) : [Failed(message, outcome.Failure)];
        }
        catch (Exception error) when (error is ClassifiedException or InvalidDataException)
        {
            return [Failed(message, error)];
        }
    }

    private async Task<Batch> SendTogetherAsync(Batch batch, CancellationToken cancellation)
    {
        int[] sent = [.. Enumerable.Range(0, batch.Count).Where(i => !batch[i].IsNull)];
        if (sent.Length == 0)
        {
            return batch;
        }

        Batch together = Batch.Of(sent.Select(i => batch[i]));
        HttpOutcome outcome = await sender.SendAsync(maker.Of(together, BatchForm.Multipart), together[0], cancellation).ConfigureAwait(false);
        foreach (Message message in together)
        {
            outcome.Reply?.Mark(message, options.Request.ExtractHeaders);
        }

        if (outcome.Failure is not null)
        {
            return Batch.Of(batch.Select(m => m.IsNull ? m : Failed(m, outcome.Failure)));
        }

        // A part for every message answers it; otherwise all of them became the response, and fail with it.
        IReadOnlyList<byte[]> bodies = await outcome.Reply!.BodiesAsync(cancellation).ConfigureAwait(false);
        if (bodies.Count == sent.Length)
        {
            for (int i = 0; i < bodies.Count; i++)
            {
                together[i].Body = bodies[i];
            }

            return batch;
        }

        var trail = batch.Count == 1 ? Trail.Of(together[0]) : new Trail(null, 0, Trail.Of(together[0])?.Responses);
        IEnumerable<Message> made = bodies.Select(body => new Message(body) { MetadataObject = together[0].MetadataObject, Attachment = trail });
        return Batch.Of(batch.Where(static m => m.IsNull).Concat(made));
    }

    private static List<Message> Made(Message message, IReadOnlyList<byte[]> bodies)
    {
        List<Message> copies = [message, .. Enumerable.Range(1, Math.Max(0, bodies.Count - 1)).Select(_ => message.Copy())];
        for (int i = 0; i < bodies.Count; i++)
        {
            copies[i].Body = bodies[i];
        }

        return bodies.Count == 0 ? [] : copies;
    }

    private static Message Failed(Message message, Exception error)
    {
        message.Error = new MessageError(error.Message) { Cause = FailureKinds.Of(error) };
        return message;
    }
}
