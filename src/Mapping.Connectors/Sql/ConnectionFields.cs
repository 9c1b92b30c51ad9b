using Mapping.Pipeline.Config;
using Npgsql;

namespace Mapping.Connectors.Sql;

/// <summary>The fields that say which database, and how its connections are kept.</summary>
internal static class ConnectionFields
{
    private const int LongestSeconds = 1_000_000_000;

    /// <summary>More than any server takes.</summary>
    private const int UnboundedPool = 10_000;

    private static readonly Field<SqlDriver> Driver = Fields.Choice("driver", "The kind of database; `pgx` is another name of `postgres`.", ("postgres", SqlDriver.Postgres), ("pgx", SqlDriver.Postgres));

    private static readonly Field<string> Dsn = Fields.Text("dsn", "The database: a URL, or `name=value` pairs such as `host=db user=app dbname=shop`. Without `sslmode` the connection is encrypted when the server can.")
        .Secret().Example("postgres://app:secret@db:5432/shop?sslmode=verify-full");

    private static readonly Field<IReadOnlyList<string>> InitFiles =
        Fields.Texts("init_files", "Paths, with wildcards, of SQL files that are run once before the first use, in the order of their names.").Default("[]").Advanced().Example("[\"./init/*.sql\"]");

    private static readonly Field<string> InitStatement = Fields.Text("init_statement", "Statements that are run once before the first use, after those of `init_files`; they must bear being run again after a restart.")
        .Optional().Advanced().Example("CREATE TABLE IF NOT EXISTS events (id bigint PRIMARY KEY, data jsonb);");

    private static readonly Field<bool> InitVerify = Fields.Bool("init_verify_conn", "Waits for the database to answer before anything is written, at the start and after a lost connection: as long as it is away, messages wait and none fails.").Default("false").Advanced();
    private static readonly Field<TimeSpan?> IdleTime = Fields.OptionalDuration("conn_max_idle_time", "Connections that nobody used for so long are closed; without it, after five minutes.").Advanced();
    private static readonly Field<TimeSpan?> LifeTime = Fields.OptionalDuration("conn_max_life_time", "Connections are not used longer than this; without it, as long as they hold.").Advanced();
    private static readonly Field<long> MaxIdle = Fields.Integer("conn_max_idle", "Accepted, without effect: idle connections are closed by `conn_max_idle_time` alone.").Default("2").Advanced();
    private static readonly Field<long> MaxOpen = Fields.Integer("conn_max_open", "Connections open at once; 0 for as many as writes are under way.").Default("0").Advanced();

    public static IReadOnlyList<Field> Address { get; } = [Driver, Dsn];

    public static IReadOnlyList<Field> Pool { get; } = [InitFiles, InitStatement, InitVerify, IdleTime, LifeTime, MaxIdle, MaxOpen];

    public static SqlConnection Read(FieldValues read)
    {
        // A wrong address is told by the rule; until then there is none.
        NpgsqlConnectionStringBuilder address = PostgresAddress.TryRead(read.Get(Dsn), out NpgsqlConnectionStringBuilder? known, out _) ? known : [];
        long open = read.Get(MaxOpen);
        address.MaxPoolSize = open > 0 ? (int)Math.Min(open, UnboundedPool) : UnboundedPool;
        address.ConnectionIdleLifetime = Seconds(read.Get(IdleTime)) ?? address.ConnectionIdleLifetime;
        address.ConnectionPruningInterval = Math.Min(address.ConnectionPruningInterval, address.ConnectionIdleLifetime);
        address.ConnectionLifetime = Seconds(read.Get(LifeTime)) ?? 0;
        return new SqlConnection(address, read.Get(InitFiles), read.Get(InitStatement), read.Get(InitVerify));
    }

    public static Breach? Check(FieldValues read) =>
        PostgresAddress.TryRead(read.Get(Dsn), out _, out string? problem) ? null : new Breach($"the dsn cannot be understood: {problem}", Dsn, "write it as postgres://user:password@host:5432/database?sslmode=require");

    private static int? Seconds(TimeSpan? time) => time is { } given && given > TimeSpan.Zero ? (int)Math.Clamp(Math.Ceiling(given.TotalSeconds), 1, LongestSeconds) : null;

    private enum SqlDriver
    {
        Postgres,
    }
}
