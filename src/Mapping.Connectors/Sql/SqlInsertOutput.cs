using Mapping.Pipeline.Config;
using Mapping.Pipeline.Contracts;
using Mapping.Pipeline.Graph;
using Mapping.Pipeline.Messages;

namespace Mapping.Connectors.Sql;

/// <summary><c>sql_insert</c>: messages become rows of a table.</summary>
internal sealed class SqlInsertOutput(InsertOptions options, IComponentContext context) : IOutput
{
    private readonly InsertWriter writer = new(options, context);

    public static ComponentType Type { get; } = new ComponentType<IOutput, InsertOptions>(
        ComponentKind.Output,
        "sql_insert",
        "Inserts messages into a table of a database.",
        new Shape<InsertOptions>(
            [.. ConnectionFields.Address, .. InsertStatement.All, SqlInsert.Pauses, .. ConnectionFields.Pool, SharedFields.MaxInFlight, SharedFields.Batching],
            static read => new InsertOptions(
                ConnectionFields.Read(read),
                InsertStatement.Read(read),
                read.Get(SqlInsert.Pauses),
                (int)read.Get(SharedFields.MaxInFlight),
                SharedFields.Active(read.Get(SharedFields.Batching))))
            .Rule(static (_, read) => ConnectionFields.Check(read))
            .Rule(static (_, read) => InsertStatement.Check(read)),
        static (options, context) => new SqlInsertOutput(options, context))
    {
        Description = SqlInsert.Description,
    };

    public int MaxInFlight => options.MaxInFlight;

    public BatchPolicy? Batching => options.Batching;

    public ValueTask ConnectAsync(CancellationToken cancellation) => writer.ConnectAsync(cancellation);

    public async ValueTask WriteAsync(Batch batch, CancellationToken cancellation)
    {
        WriteFailures failures = await writer.WriteAsync(batch, cancellation).ConfigureAwait(false);
        if (failures.Count > 0)
        {
            throw new BatchException(failures);
        }
    }

    public ValueTask DisposeAsync() => writer.DisposeAsync();
}
