using Mapping.Functions;

namespace Mapping.Builtins.General;

/// <summary>The list of this folder.</summary>
internal static class GeneralBuiltins
{
    public static IReadOnlyList<Builtin> All { get; } =
    [
        Sentinels.Deleted,
        Sentinels.Nothing,
        Sentinels.Throw,
        Sentinels.Var,
        Fallbacks.Catch,
        Fallbacks.Or,
        Conversions.String,
        Conversions.Bytes,
        Conversions.Bool,
        Conversions.Number,
        Conversions.Timestamp,
        Conversions.Array,
        Checks.Type,
        Checks.Not,
        Checks.NotNull,
        Checks.NotEmpty,
        Calls.Apply,
        Calls.Map,
        Calls.Bloblang,
        Ranges.Range,
        Ranges.Bytes,
        Counters.Counter,
        Counters.Count,
        Surroundings.Env,
        Surroundings.File,
        Surroundings.FileRel,
        Surroundings.Hostname,
        Identifiers.UuidV4,
        Identifiers.UuidV7,
        Identifiers.Nanoid,
        Identifiers.Ksuid,
        Snowflake.SnowflakeId,
        SortableIds.Ulid,
    ];
}
