using System.Net;
using Mapping.Pipeline.Messages;

namespace Mapping.Connectors.SchemaRegistry;

/// <summary>What stands between a message and its schema; the names are those of the metadata <c>schema_error</c>.</summary>
internal enum SchemaProblem
{
    /// <summary>The body does not begin as the frame does.</summary>
    NoHeader,

    /// <summary>The registry was asked and does not know the id or subject.</summary>
    UnknownSchema,

    /// <summary>The schema was found and cannot be used.</summary>
    InvalidSchema,

    /// <summary>The message does not fit its schema.</summary>
    InvalidPayload,

    /// <summary>The registry could not be asked, or refuses to answer.</summary>
    Registry,
}

/// <summary>A message, or all of one schema, cannot be decoded or encoded.</summary>
internal sealed class SchemaFailure(SchemaProblem problem, string message, Exception? cause = null) : Exception(message, cause)
{
    /// <summary>What the registry answered; null when it did not.</summary>
    public HttpStatusCode? Status { get; init; }

    public SchemaProblem Problem { get; } = problem;

    /// <summary>Only the registry itself may be better another time; all else is a fact about the message.</summary>
    public FailureKind Kind => Problem == SchemaProblem.Registry ? FailureKind.Transient : FailureKind.Permanent;

    public static SchemaFailure Payload(string message) => new(SchemaProblem.InvalidPayload, message);

    public static SchemaFailure Schema(string message, Exception? cause = null) => new(SchemaProblem.InvalidSchema, message, cause);
}
