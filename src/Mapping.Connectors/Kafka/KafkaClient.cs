using Confluent.Kafka;
using Mapping.Pipeline.Contracts;

namespace Mapping.Connectors.Kafka;

/// <summary>What producers and consumers have in common: where their lines go, and the first contact.</summary>
internal sealed class KafkaClient(KafkaConnection connection, IComponentContext context)
{
    private static readonly TimeSpan ContactTime = TimeSpan.FromSeconds(5);

    private volatile Error? last;
    private Task asking = Task.CompletedTask;

    /// <summary>Completes, never with an error, when no first contact is under way: the client may be closed then.</summary>
    public Task Quiet => Task.WhenAny(asking);

    /// <summary>The client goes on by itself after most errors; what it says is what a failed contact is explained with.</summary>
    public void OnError(Error error)
    {
        last = error;
        context.Log.Write(error.IsFatal ? LogLevel.Error : LogLevel.Warn, $"kafka: {KafkaFailures.Told(error)}");
    }

    public void OnLog(LogMessage line)
    {
        if (context.Log.IsOn(LogLevel.Debug))
        {
            context.Log.Write(LogLevel.Debug, $"kafka: {line.Message}");
        }
    }

    public void OnToken(IClient client) => connection.Sasl?.GiveToken(client, context);

    /// <summary>Asks the cluster about topics, so that a wrong address or login is told at the start.</summary>
    public async Task<Metadata> ContactAsync(Handle handle, string? topic, CancellationToken cancellation)
    {
        // The token does not end the call, and whoever closes the client waits for it.
        Task<Metadata> answer = Task.Run(() => Ask(handle, topic), CancellationToken.None);
        asking = answer;
        return await answer.WaitAsync(cancellation).ConfigureAwait(false);
    }

    /// <exception cref="DisconnectedException">No broker answers.</exception>
    public Metadata Ask(Handle handle, string? topic)
    {
        using IAdminClient admin = new DependentAdminClientBuilder(handle).Build();
        try
        {
            return topic is null ? admin.GetMetadata(ContactTime) : admin.GetMetadata(topic, ContactTime);
        }
        catch (KafkaException error)
        {
            throw new DisconnectedException($"{connection} cannot be reached: {KafkaFailures.Told(last ?? error.Error)}", error);
        }
    }

    /// <summary>Makes a client; what it does not understand of its settings will never do.</summary>
    public static T Make<T>(Func<T> make)
    {
        try
        {
            return make();
        }
        catch (Exception error) when (error is InvalidOperationException or ArgumentException or KafkaException or DllNotFoundException)
        {
            throw new StartException($"the Kafka client cannot be made: {error.Message}", "see the fields of the component, and client_settings");
        }
    }
}
