namespace Mapping.Pipeline.Messages;

/// <summary>Measures deliveries from reading to the end.</summary>
internal interface IDeliveryWatch
{
    void Settled(Delivery delivery, Rejection? rejection);
}
