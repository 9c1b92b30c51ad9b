using Mapping.Pipeline.Contracts;
using Mapping.Pipeline.Messages;

namespace Mapping.Pipeline.Running;

/// <summary>An input that is connected when it is first read, and again when the connection is lost.</summary>
internal sealed class ConnectedInput : IInput, IDeliveryWatch
{
    private readonly IInput inner;
    private readonly Connecting connection;
    private readonly ComponentContext context;
    private readonly ICounter received;
    private readonly ITiming latency;
    private readonly bool isWatched;
    private readonly string spanName;

    public ConnectedInput(IInput inner, ComponentContext context)
    {
        this.inner = inner;
        this.context = context;
        connection = new Connecting(context, inner.ConnectAsync);
        context.Connections.Add(connection);
        latency = context.Metrics.Timing("input_latency_ns");
        isWatched = context.IsMeasured || context.Spans is not null;
        spanName = "input_" + context.Plan.Type;
        received = context.Metrics.Counter("input_received");
    }

    public bool IsExhausted => inner.IsExhausted;

    public ValueTask ConnectAsync(CancellationToken cancellation) => connection.EnsureAsync(cancellation);

    public ValueTask<Delivery?> ReadAsync(CancellationToken cancellation)
    {
        if (!connection.IsConnected)
        {
            return ReadOnAsync(null, 0, cancellation);
        }

        int used = connection.Generation;
        ValueTask<Delivery?> read;
        try
        {
            read = inner.ReadAsync(cancellation);
        }
        catch (DisconnectedException error)
        {
            connection.Lost(error.Message, used);
            return ReadOnAsync(null, 0, cancellation);
        }
        catch (StartException error)
        {
            throw new ComponentStartException(context.Plan, error);
        }

        if (!read.IsCompletedSuccessfully)
        {
            return ReadOnAsync(read.AsTask(), used, cancellation);
        }

        Delivery? delivery = read.Result;
        Begin(delivery);
        return ValueTask.FromResult(delivery);
    }

    /// <summary>The way for reads that must be waited for.</summary>
    /// <param name="begun">A read under way; null begins one.</param>
    /// <param name="used">The generation of the connection that it uses.</param>
    /// <param name="cancellation">Ends the read.</param>
    private async ValueTask<Delivery?> ReadOnAsync(Task<Delivery?>? begun, int used, CancellationToken cancellation)
    {
        while (true)
        {
            await connection.EnsureAsync(cancellation).ConfigureAwait(false);
            used = begun is null ? connection.Generation : used;
            try
            {
                Delivery? delivery = await (begun ?? inner.ReadAsync(cancellation).AsTask()).ConfigureAwait(false);
                Begin(delivery);
                return delivery;
            }
            catch (DisconnectedException error)
            {
                connection.Lost(error.Message, used);
                begun = null;
            }
            catch (StartException error)
            {
                throw new ComponentStartException(context.Plan, error);
            }
        }
    }

    public void Settled(Delivery delivery, Rejection? rejection)
    {
        latency.Record(context.Clock.GetElapsedTime(delivery.ReadAt), delivery.Messages.BatchCount);
        if (context.Spans is not null)
        {
            MessageSpans.End(delivery.Messages, rejection);
        }
    }

    public ValueTask DisposeAsync() => inner.DisposeAsync();

    private void Begin(Delivery? delivery)
    {
        if (!isWatched || delivery is null)
        {
            return;
        }

        received.Add(delivery.Messages.Count);
        delivery.ReadAt = context.Clock.GetTimestamp();
        delivery.Watch = this;
        if (context.Spans is { } spans)
        {
            if (MessageSpans.Begin(spans, spanName, delivery.Messages, inner.ExtractsTrace) is { } problem)
            {
                context.Log.Write(LogLevel.Warn, $"the trace of a message is looked for in its metadata, for extract_tracing_map failed: {problem}");
            }
        }
    }
}
