using Mapping.Functions;

namespace Mapping.Builtins.General;

/// <summary>The list of this folder.</summary>
internal static class GeneralBuiltins
{
    public static IReadOnlyList<BuiltinGroup> All { get; } =
    [
        new("deleted() nothing() throw() var()", static () => [Sentinels.Deleted, Sentinels.Nothing, Sentinels.Throw, Sentinels.Var]),
        new(".catch .or", static () => [Fallbacks.Catch, Fallbacks.Or]),
        new(
            ".string .bytes .bool .number .timestamp .array",
            static () => [Conversions.String, Conversions.Bytes, Conversions.Bool, Conversions.Number, Conversions.Timestamp, Conversions.Array]),
        new(".type .not .not_null .not_empty", static () => [Checks.Type, Checks.Not, Checks.NotNull, Checks.NotEmpty]),
        new(".apply .map .bloblang", static () => [Calls.Apply, Calls.Map, Calls.Bloblang]),
        new("range() bytes()", static () => [Ranges.Range, Ranges.Bytes]),
        new("counter() count()", static () => [Counters.Counter, Counters.Count]),
        new("env() file() file_rel() hostname()", static () => [Surroundings.Env, Surroundings.File, Surroundings.FileRel, Surroundings.Hostname]),
        new("uuid_v4() uuid_v7() nanoid() ksuid()", static () => [Identifiers.UuidV4, Identifiers.UuidV7, Identifiers.Nanoid, Identifiers.Ksuid]),
        new("snowflake_id()", static () => [Snowflake.SnowflakeId]),
        new("ulid()", static () => [SortableIds.Ulid]),
    ];
}
