using System.Net.Sockets;
using Mapping.Functions;

namespace Mapping.Pipeline.Messages;

/// <summary>What a failure says about trying again. Of several, the worst counts: the last in this order.</summary>
internal enum FailureKind
{
    /// <summary>It was refused for what it is, and always will be.</summary>
    Permanent,

    /// <summary>It was not written; later it may be.</summary>
    Transient,

    /// <summary>Nobody knows whether it was written: trying again may write it twice.</summary>
    Ambiguous,
}

/// <summary>The one place where failures of the outside world are told apart.</summary>
internal static class FailureKinds
{
    public static FailureKind Of(Exception error) => error switch
    {
        ClassifiedException known => known.Kind,
        BatchException batch => batch.Kind,
        { InnerException: ClassifiedException known } => known.Kind,
        AggregateException { InnerException: { } inner } => Of(inner),
        SocketException { SocketErrorCode: SocketError.ConnectionRefused or SocketError.HostNotFound or SocketError.HostUnreachable or SocketError.NetworkUnreachable or SocketError.TryAgain } => FailureKind.Transient,
        _ => FailureKind.Ambiguous,
    };

    /// <summary>Of a message that failed in a processor; one that says nothing may be anything.</summary>
    public static FailureKind Of(MessageError error) => error.Cause is FailureKind kind ? kind : FailureKind.Ambiguous;

    public static FailureKind Worse(FailureKind? first, FailureKind second) => first > second ? first.Value : second;
}

/// <summary>A failure of which is known whether trying again makes sense.</summary>
internal sealed class ClassifiedException(string message, FailureKind kind, Exception? cause = null) : Exception(message, cause)
{
    public FailureKind Kind { get; } = kind;
}
