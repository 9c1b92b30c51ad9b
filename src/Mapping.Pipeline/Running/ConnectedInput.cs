using Mapping.Pipeline.Contracts;
using Mapping.Pipeline.Messages;

namespace Mapping.Pipeline.Running;

/// <summary>An input that is connected when it is first read, and again when the connection is lost.</summary>
internal sealed class ConnectedInput : IInput
{
    private readonly IInput inner;
    private readonly Connecting connection;
    private readonly ICounter received;

    public ConnectedInput(IInput inner, ComponentContext context)
    {
        this.inner = inner;
        connection = new Connecting(context, inner.ConnectAsync);
        received = context.Metrics.Counter("input_received");
    }

    public bool IsExhausted => inner.IsExhausted;

    public ValueTask ConnectAsync(CancellationToken cancellation) => connection.EnsureAsync(cancellation);

    public ValueTask<Delivery?> ReadAsync(CancellationToken cancellation)
    {
        if (!connection.IsConnected)
        {
            return ReadOnAsync(null, cancellation);
        }

        ValueTask<Delivery?> read;
        try
        {
            read = inner.ReadAsync(cancellation);
        }
        catch (DisconnectedException error)
        {
            connection.Lost(error.Message);
            return ReadOnAsync(null, cancellation);
        }

        if (!read.IsCompletedSuccessfully)
        {
            return ReadOnAsync(read.AsTask(), cancellation);
        }

        Delivery? delivery = read.Result;
        received.Add(delivery?.Messages.Count ?? 0);
        return ValueTask.FromResult(delivery);
    }

    public ValueTask DisposeAsync() => inner.DisposeAsync();

    /// <summary>The way for reads that must be waited for.</summary>
    private async ValueTask<Delivery?> ReadOnAsync(Task<Delivery?>? begun, CancellationToken cancellation)
    {
        while (true)
        {
            await connection.EnsureAsync(cancellation).ConfigureAwait(false);
            try
            {
                Delivery? delivery = await (begun ?? inner.ReadAsync(cancellation).AsTask()).ConfigureAwait(false);
                received.Add(delivery?.Messages.Count ?? 0);
                return delivery;
            }
            catch (DisconnectedException error)
            {
                connection.Lost(error.Message);
                begun = null;
            }
        }
    }
}
