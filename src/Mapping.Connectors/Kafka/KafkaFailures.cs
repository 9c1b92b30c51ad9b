using Confluent.Kafka;
using Mapping.Pipeline.Contracts;
using Mapping.Pipeline.Messages;

namespace Mapping.Connectors.Kafka;

/// <summary>What failures of the client say about trying again, and how they are told.</summary>
internal static class KafkaFailures
{
    /// <summary>
    /// Refused for what the record, or the user, is. The client itself waits for a topic that it does not find, half a minute by default,
    /// before it says that there is none.
    /// </summary>
    private static readonly HashSet<ErrorCode> Permanent =
    [
        ErrorCode.MsgSizeTooLarge,
        ErrorCode.RecordListTooLarge,
        ErrorCode.InvalidRecord,
        ErrorCode.InvalidTimestamp,
        ErrorCode.TopicException,
        ErrorCode.PolicyViolation,
        ErrorCode.UnsupportedForMessageFormat,
        ErrorCode.TopicAuthorizationFailed,
        ErrorCode.ClusterAuthorizationFailed,
        ErrorCode.TransactionalIdAuthorizationFailed,
        ErrorCode.SaslAuthenticationFailed,
        ErrorCode.UnknownTopicOrPart,
        ErrorCode.Local_Authentication,
        ErrorCode.Local_UnknownTopic,
        ErrorCode.Local_UnknownPartition,
        ErrorCode.Local_InvalidArg,
    ];

    public static FailureKind Of(Error error, PersistenceStatus status) =>
        Permanent.Contains(error.Code) ? FailureKind.Permanent
        : status == PersistenceStatus.PossiblyPersisted ? FailureKind.Ambiguous
        : FailureKind.Transient;

    /// <summary>The brokers, or the client itself, do not take the credentials.</summary>
    public static bool IsLogin(Error error) => error.Code is ErrorCode.Local_Authentication or ErrorCode.SaslAuthenticationFailed;

    /// <summary>Another producer has taken the transactional id over.</summary>
    public static bool IsFenced(Error error) => error.Code is ErrorCode.ProducerFenced or ErrorCode.InvalidProducerEpoch or ErrorCode.Local_Fenced;

    /// <summary>One line with the name of the error.</summary>
    public static string Told(Error error) => $"{error.Reason} ({error.Code})";

    /// <summary>The same, for one after which the client goes on by itself; it names topics in its own words.</summary>
    public static string ToldInPassing(Error error) => error.Code is ErrorCode.UnknownTopicOrPart or ErrorCode.Local_UnknownTopic
        ? $"a topic does not exist, or the brokers do not show it to this user; it is used when it is there: {Told(error)}"
        : $"kafka: {Told(error)}";

    /// <summary>The client is of no more use; a new one writes again what this one did not.</summary>
    /// <param name="error">Why.</param>
    /// <param name="transactionalId">Of the client; empty for none.</param>
    /// <param name="kind">What it means for the messages.</param>
    /// <param name="cause">What the client threw.</param>
    public static DisconnectedException Lost(Error error, string transactionalId, FailureKind kind, Exception? cause = null)
    {
        string text = IsFenced(error) && transactionalId.Length > 0
            ? $"another producer uses the transactional_id \"{transactionalId}\" and has taken it over: {Told(error)}; give every output an id of its own, as in orders-${{HOSTNAME}}"
            : $"the producer cannot go on: {Told(error)}";
        return new DisconnectedException(text, new ClassifiedException(text, kind, cause)) { IsFinal = false };
    }
}
