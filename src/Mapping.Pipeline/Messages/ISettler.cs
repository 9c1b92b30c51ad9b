namespace Mapping.Pipeline.Messages;

/// <summary>Who handed a delivery out, and is told once what became of it.</summary>
internal interface ISettler
{
    /// <param name="delivery">One that was handed out with this settler.</param>
    /// <param name="rejection">Null when every message was written or removed on purpose.</param>
    ValueTask SettleAsync(Delivery delivery, Rejection? rejection);

    /// <summary>Its messages belong to somebody else by now: what is rejected must not be delivered again here, only settled as rejected.</summary>
    bool IsAbandoned => false;
}
