using Mapping.Functions;
using Mapping.Pipeline.Components.Http;
using Mapping.Pipeline.Config;
using Mapping.Pipeline.Contracts;
using Mapping.Pipeline.Graph;
using Mapping.Pipeline.Messages;

namespace Mapping.Pipeline.Components.Outputs;

/// <param name="Request">What all requests have in common.</param>
/// <param name="Form">How a batch is sent.</param>
/// <param name="Parts">Parts that every message is sent as.</param>
/// <param name="Propagates">Responses answer the caller of the input.</param>
/// <param name="MaxInFlight">Writes at once.</param>
/// <param name="Batching">How messages are grouped.</param>
internal sealed record HttpClientOptions(RequestOptions Request, BatchForm Form, IReadOnlyList<PartTemplate> Parts, bool Propagates, int MaxInFlight, BatchPolicy? Batching);

/// <summary><c>http_client</c>: messages are requests.</summary>
internal sealed class HttpClientOutput(HttpClientOptions options, IComponentContext context) : IOutput
{
    private static readonly Field<bool> AsMultipart = Fields.Bool("batch_as_multipart", "Send a batch as one multipart request; the same as batch_form: multipart.").Default("false").Advanced();

    private static readonly Field<BatchForm> Form = Fields.Choice(
        "batch_form",
        "How a batch is sent: single sends a request for every message; lines (a line each), json_array and multipart send one request for all.",
        ("single", BatchForm.Single),
        ("lines", BatchForm.Lines),
        ("json_array", BatchForm.Array),
        ("multipart", BatchForm.Multipart)).Default("single");

    private static readonly Field<TextTemplate> PartType = Fields.Template("content_type", "The type of the part.").Default("\"\"").Example("application/json");
    private static readonly Field<TextTemplate> PartDisposition = Fields.Template("content_disposition", "The disposition of the part.").Default("\"\"").Example("form-data; name=\"file\"");
    private static readonly Field<TextTemplate> PartBody = Fields.Template("body", "The content of the part.").Default("\"\"").Example("${! content() }");

    private static readonly Field<IReadOnlyList<PartTemplate>> Parts = Fields.List(
        "multipart",
        new Shape<PartTemplate>([PartType, PartDisposition, PartBody], static read => new PartTemplate(read.Get(PartType), read.Get(PartDisposition), read.Get(PartBody))),
        "Parts that every message is sent as, in place of its body.").Default("[]").Advanced();

    private static readonly Field<bool> Propagate = Fields.Bool("propagate_response", "The response answers the caller of an input that can answer, such as http_server.").Default("false").Advanced();

    private readonly Random random = context.CreateRandom();
    private HttpSender? sender;
    private HttpRequestMaker? maker;

    public static ComponentType Type { get; } = new ComponentType<IOutput, HttpClientOptions>(
        ComponentKind.Output,
        "http_client",
        "Sends messages to an HTTP server.",
        new Shape<HttpClientOptions>(
            [.. RequestOptions.All, AsMultipart, Form, Parts, Propagate, SharedFields.MaxInFlight, SharedFields.Batching],
            static read => new HttpClientOptions(
                RequestOptions.Read(read),
                read.Get(AsMultipart) ? BatchForm.Multipart : read.Get(Form),
                read.Get(Parts),
                read.Get(Propagate),
                (int)read.Get(SharedFields.MaxInFlight),
                SharedFields.Active(read.Get(SharedFields.Batching))))
            .Rule(static (options, _) => options.Request.Check())
            .Rule(static (options, read) => options.Form != BatchForm.Single && options.Parts.Count > 0 ? new Breach("multipart describes the request of one message: it does not go with a batch in one request", Parts) : null)
            .Rule(static (_, read) => read.Get(AsMultipart) && read.IsWritten(Form) && read.Get(Form) != BatchForm.Multipart ? new Breach("batch_as_multipart and batch_form contradict each other", Form, "leave out batch_as_multipart") : null),
        static (options, context) => new HttpClientOutput(options, context))
    {
        Description = """
            A message is written when its response is a success: a status of `successful_on` or 2xx. Statuses of `drop_on` end the attempts at
            once; those of `backoff_on` are tried again after pauses that grow from `retry_period` to `max_retry_backoff`, and all others, as
            well as lost connections and timeouts, after `retry_period`. A `Retry-After` header makes a pause longer, up to
            `max_retry_backoff`. When all attempts failed, the message is rejected: the input delivers it again, or the output around this one
            (`fallback`, `retry`, `drop_on`) deals with it.

            The receiver may see a request twice: after a timeout or a lost connection nobody knows whether the first one got through. A
            receiver that knows requests by a key gets one with `idempotency_key`.

            The messages of a batch that are sent one by one are sent in order. When one fails, those after it are not sent, and are rejected
            with it.

            A message without a body (a tombstone) is a request without one; in a batch it is an empty line, `null` or an empty part.
            """,
        Example = """
            input:
              generate: { mapping: 'root.id = 1', count: 1 }
            output:
              fallback:
                - http_client:
                    url: http://localhost:1/items/${! this.id }
                    verb: PUT
                    headers: { Content-Type: application/json }
                    retries: 1
                    retry_period: 10ms
                - stdout: {}
            """,
    };

    public int MaxInFlight => options.MaxInFlight;

    public BatchPolicy? Batching => options.Batching;

    public ValueTask ConnectAsync(CancellationToken cancellation)
    {
        sender ??= new HttpSender(options.Request, context);
        maker ??= new HttpRequestMaker(options.Request, options.Parts, random);
        return ValueTask.CompletedTask;
    }

    public async ValueTask WriteAsync(Batch batch, CancellationToken cancellation)
    {
        if (options.Form != BatchForm.Single)
        {
            await SendAsync(maker!.Of(batch, options.Form), batch[0], cancellation).ConfigureAwait(false);
            return;
        }

        for (int i = 0; i < batch.Count; i++)
        {
            try
            {
                await SendAsync(maker!.Of(batch, i), batch[i], cancellation).ConfigureAwait(false);
            }
            catch (ClassifiedException error)
            {
                throw batch.Count == 1 ? error : FailedFrom(i, batch.Count, error);
            }
        }
    }

    public ValueTask DisposeAsync()
    {
        sender?.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>Those after the first failure were not sent, so that the order stays.</summary>
    private static BatchException FailedFrom(int first, int count, ClassifiedException error)
    {
        var failures = new WriteFailures();
        for (int i = first; i < count; i++)
        {
            failures.Note(i, i == first ? error.Message : $"not sent, because a message before it failed: {error.Message}", i == first ? error.Kind : FailureKind.Transient);
        }

        return new BatchException(failures);
    }

    private async ValueTask SendAsync(PreparedRequest request, Message message, CancellationToken cancellation)
    {
        HttpOutcome outcome = await sender!.SendAsync(request, message, cancellation).ConfigureAwait(false);
        if (outcome.Failure is { } failure)
        {
            throw failure;
        }

        if (options.Propagates && Trail.Of(message)?.Responses is { } caller)
        {
            caller.Add(await AnswerAsync(outcome.Reply!, message, cancellation).ConfigureAwait(false));
        }
    }

    private async ValueTask<Batch> AnswerAsync(HttpReply reply, Message message, CancellationToken cancellation)
    {
        IReadOnlyList<byte[]> bodies;
        try
        {
            bodies = await reply.BodiesAsync(cancellation).ConfigureAwait(false);
        }
        catch (InvalidDataException)
        {
            // The message is written: an answer that cannot be taken apart is passed on whole.
            bodies = [reply.Body];
        }

        var answer = new List<Message>();
        foreach (byte[] body in bodies)
        {
            Message one = message.Copy();
            one.Body = body;
            reply.Mark(one, options.Request.ExtractHeaders);
            answer.Add(one);
        }

        return Batch.Of(answer);
    }
}
