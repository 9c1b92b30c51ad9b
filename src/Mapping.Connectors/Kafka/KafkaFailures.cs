using Confluent.Kafka;
using Mapping.Pipeline.Messages;

namespace Mapping.Connectors.Kafka;

/// <summary>What failures of the client say about trying again.</summary>
internal static class KafkaFailures
{
    /// <summary>Refused for what the record, or the user, is.</summary>
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
        ErrorCode.Local_UnknownPartition,
        ErrorCode.Local_InvalidArg,
    ];

    public static FailureKind Of(Error error, PersistenceStatus status) =>
        Permanent.Contains(error.Code) ? FailureKind.Permanent
        : status == PersistenceStatus.PossiblyPersisted ? FailureKind.Ambiguous
        : FailureKind.Transient;

    /// <summary>One line with the name of the error.</summary>
    public static string Told(Error error) => $"{error.Reason} ({error.Code})";
}
