using Mapping.Pipeline.Messages;
using Npgsql;

namespace Mapping.Connectors.Sql;

/// <summary>What failures of PostgreSQL say about trying again, by the classes of its error codes.</summary>
internal static class SqlFailures
{
    private const string StatementMayHaveCompleted = "40003";
    private const string ResolutionUnknown = "08007";
    private const string ReadOnlyTransaction = "25006";
    private const string UniqueViolation = "23505";
    private const string ExclusionViolation = "23P01";

    /// <summary>A failure before the commit was asked for: nothing was written.</summary>
    public static FailureKind Of(Exception error) => error switch
    {
        ClassifiedException known => known.Kind,
        PostgresException { SqlState: StatementMayHaveCompleted or ResolutionUnknown } => FailureKind.Ambiguous,
        PostgresException refusal when IsPermanent(refusal.SqlState) => FailureKind.Permanent,
        _ => FailureKind.Transient,
    };

    /// <summary>A failure of the commit itself: only what the server says for certain is certain.</summary>
    public static FailureKind AtCommit(Exception error) => error switch
    {
        PostgresException refusal when IsPermanent(refusal.SqlState) => FailureKind.Permanent,
        PostgresException { SqlState: not (StatementMayHaveCompleted or ResolutionUnknown) } refusal when Class(refusal) is not ("08" or "57" or "XX") => FailureKind.Transient,
        _ => FailureKind.Ambiguous,
    };

    /// <summary>The fault may lie with a single row, so that it is worth finding it.</summary>
    public static bool IsOfRow(Exception error) => error is PostgresException refusal && Class(refusal) is "21" or "22" or "23" or "44" or "54" or "P0";

    /// <summary>Another row is in the way. After an attempt of which nobody knows whether it was committed, that may be the row itself.</summary>
    public static bool IsOfAnotherRow(Exception error) => error is PostgresException { SqlState: UniqueViolation or ExclusionViolation };

    /// <summary>Nobody answers: the connection is worth making anew.</summary>
    public static bool IsConnectionLost(Exception error) => error switch
    {
        PostgresException refusal => Class(refusal) is "08" or "28" or "3D" || refusal.SqlState is "57P01" or "57P02" or "57P03",
        NpgsqlException or IOException or System.Net.Sockets.SocketException => true,
        _ => false,
    };

    /// <summary>One line with the code of the error.</summary>
    public static string Told(Exception error) => error switch
    {
        PostgresException refusal => $"{refusal.MessageText} ({refusal.SqlState})",
        NpgsqlException { InnerException: { } inner } => $"{error.Message}: {inner.Message}",
        _ => error.Message,
    };

    /// <summary>
    /// Cardinality, data, constraints, syntax and names, views with a check, bounds of the program, unsupported features and what
    /// triggers raise. A standby that took over is no fault of the message.
    /// </summary>
    private static bool IsPermanent(string state) => state != ReadOnlyTransaction && state.AsSpan(0, 2) is "21" or "22" or "23" or "42" or "44" or "54" or "0A" or "P0";

    private static string Class(PostgresException error) => error.SqlState[..2];
}
