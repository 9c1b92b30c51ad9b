using Mapping.Pipeline.Components;
using Mapping.Pipeline.Config;

namespace Mapping.Connectors.Sql;

/// <summary>What the output and the processor <c>sql_insert</c> have in common.</summary>
internal static class SqlInsert
{
    public const string Description = """
        A batch is one `INSERT` with a row for each message, in a transaction: all of it is stored, or nothing. When the database refuses
        it for what a row holds (its data, a constraint, a trigger), the rows are tried in ever smaller parts of one transaction: all good
        ones are stored, and only the bad ones fail. What is found out only at the commit, such as a violated constraint that is deferred,
        fails the whole batch.

        | failure | SQLSTATE | what happens |
        | --- | --- | --- |
        | permanent: the data, a constraint, the statement, a missing right, what `args_mapping` says | 21, 22, 23, 42, 44, 54, 0A, P0 | fails at once |
        | transient: no connection, deadlock, serialization, resources, a shutdown | 08, 40, 53, 57P.., others | tried again after pauses that grow, see `backoff`; then fails |
        | ambiguous: the connection is lost during the commit | | tried again likewise: it may be stored twice, unless `suffix` says `ON CONFLICT ...` |

        A repeated write is recognised by a key of the message, or by where it came from: give the table a unique column for
        `"%v-%v-%v".format(@kafka_topic, @kafka_partition, @kafka_offset)` and set `suffix: ON CONFLICT DO NOTHING`.

        Values go to the columns as texts that the database reads as what the column is: numbers, booleans, timestamps (RFC 3339) and nulls
        need no conversion. Objects and arrays are JSON texts, for `json`, `jsonb` and `text`. Bytes, such as `content()`, are bytes in a
        `bytea` column and text in any other.
        """;

    public static Field<Backoff> Pauses { get; } = Backoff.Field("500ms", "10s", "1m");
}
