using Mapping.Functions;
using Mapping.Pipeline.Components.Http;
using Mapping.Pipeline.Contracts;
using Mapping.Pipeline.Messages;

namespace Mapping.Pipeline.Components.Inputs;

/// <summary>Responses of a server as messages.</summary>
internal abstract class ResponseSource(HttpClientInputOptions options, HttpSender sender, IComponentContext context) : IAsyncDisposable
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1);

    private readonly HttpRequestMaker maker = new(options.Request, [], context.CreateRandom());
    private TimeSpan pause = FirstPause;

    protected HttpClientInputOptions Options { get; } = options;

    protected IComponentContext Context { get; } = context;

    /// <summary>What the next request is made of: the messages given last, or one with nothing in it.</summary>
    protected Batch Previous { get; set; } = new(new Message(Array.Empty<byte>()));

    protected HttpSender Sender { get; } = sender;

    /// <summary>Makes the first request, or the first after one that failed.</summary>
    /// <exception cref="ClassifiedException">It failed.</exception>
    public abstract ValueTask ConnectAsync(CancellationToken cancellation);

    /// <summary>Null at the end.</summary>
    /// <exception cref="DisconnectedException">A request failed.</exception>
    public abstract ValueTask<Batch?> ReadAsync(CancellationToken cancellation);

    public abstract ValueTask DisposeAsync();

    /// <exception cref="ClassifiedException">An interpolation failed.</exception>
    protected PreparedRequest NextRequest() => maker.After(Previous, Options.Payload);

    /// <summary>A server that has nothing is not asked at full speed.</summary>
    protected async ValueTask PauseAsync(CancellationToken cancellation)
    {
        await Task.Delay(pause, Context.Clock, cancellation).ConfigureAwait(false);
        pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
    }

    /// <summary>The server had something.</summary>
    protected Batch Give(Batch batch)
    {
        pause = FirstPause;
        Previous = batch.Copy();
        return batch;
    }
}
