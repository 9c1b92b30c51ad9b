using Confluent.Kafka;
using Mapping.Pipeline.Contracts;
using Mapping.Pipeline.Messages;

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
        bool isLogin = KafkaFailures.IsLogin(error);

        // That no broker is left says less than why.
        last = error.Code == ErrorCode.Local_AllBrokersDown ? last ?? error : error;
        context.Log.Write(error.IsFatal || isLogin ? LogLevel.Error : LogLevel.Warn, isLogin ? Refused(error) : KafkaFailures.ToldInPassing(error));
    }

    /// <summary>The brokers serve it: what went wrong before explains nothing that fails later.</summary>
    public void OnAnswer()
    {
        if (last is not null)
        {
            last = null;
        }
    }

    public void OnLog(LogMessage line)
    {
        if (line.Facility == "REQTMOUT" && line.Level <= SyslogLevel.Warning)
        {
            // The client takes the connection for broken then, and tells only that; brokers that answer late are no brokers that are away.
            context.Log.Write(LogLevel.Warn, $"kafka: brokers answer too late, what was asked is asked again: {line.Message}");
        }
        else if (context.Log.IsOn(LogLevel.Debug))
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
            Metadata answer = topic is null ? admin.GetMetadata(ContactTime) : admin.GetMetadata(topic, ContactTime);
            OnAnswer();
            return answer;
        }
        catch (KafkaException error)
        {
            Error reason = last ?? error.Error;
            throw KafkaFailures.IsLogin(reason)
                ? new DisconnectedException(Refused(reason), new ClassifiedException(Refused(reason), FailureKind.Permanent, error))
                : new DisconnectedException($"{connection} cannot be reached: {KafkaFailures.Told(reason)}", error);
        }
    }

    private string Refused(Error error) =>
        $"{connection} refuses {connection.Sasl?.Who ?? "a client without login"}: {KafkaFailures.Told(error)}; mend sasl, or what the brokers know of the user, and it goes on by itself";

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
