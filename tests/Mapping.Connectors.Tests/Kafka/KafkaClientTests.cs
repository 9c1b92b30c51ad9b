using Confluent.Kafka;
using Mapping.Connectors.Kafka;
using Mapping.Pipeline.Contracts;
using Mapping.Pipeline.Running;

namespace Mapping.Connectors.Tests.Kafka;

public sealed class KafkaClientTests
{
    private const string Nobody = "127.0.0.1:1";

    private readonly KafkaClient client = new(new KafkaConnection([Nobody], "c", string.Empty, null!, null, TimeSpan.Zero, null, null, []), new BareContext(NoMetrics.Instance));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_went_wrong_before_the_brokers_answered_explains_no_later_failure(bool answered)
    {
        using IConsumer<byte[]?, byte[]?> consumer = new ConsumerBuilder<byte[]?, byte[]?>(new ConsumerConfig { BootstrapServers = Nobody, GroupId = "g" }).SetLogHandler(static (_, _) => { }).Build();
        client.OnError(new Error(ErrorCode.Local_Transport, "the cable was cut"));
        if (answered)
        {
            client.OnAnswer();
        }

        DisconnectedException error = await Assert.ThrowsAsync<DisconnectedException>(() => client.ContactAsync(consumer.Handle, null, CancellationToken.None));
        Assert.StartsWith($"{Nobody} cannot be reached: ", error.Message, StringComparison.Ordinal);
        Assert.Equal(!answered, error.Message.Contains("the cable was cut", StringComparison.Ordinal));
    }
}
