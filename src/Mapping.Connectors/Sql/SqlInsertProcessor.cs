using Mapping.Functions;
using Mapping.Pipeline.Config;
using Mapping.Pipeline.Contracts;
using Mapping.Pipeline.Graph;
using Mapping.Pipeline.Messages;

namespace Mapping.Connectors.Sql;

/// <summary><c>sql_insert</c>: messages become rows of a table, and pass.</summary>
internal sealed class SqlInsertProcessor(InsertOptions options, IComponentContext context) : IProcessor
{
    private readonly InsertWriter writer = new(options, context);

    public static ComponentType Type { get; } = new ComponentType<IProcessor, InsertOptions>(
        ComponentKind.Processor,
        "sql_insert",
        "Inserts messages into a table of a database and passes them on unchanged.",
        new Shape<InsertOptions>(
            [.. ConnectionFields.Address, .. InsertStatement.All, SqlInsert.Pauses, .. ConnectionFields.Pool],
            static read => new InsertOptions(ConnectionFields.Read(read), InsertStatement.Read(read), read.Get(SqlInsert.Pauses)))
            .Rule(static (_, read) => ConnectionFields.Check(read))
            .Rule(static (_, read) => InsertStatement.Check(read)),
        static (options, context) => new SqlInsertProcessor(options, context))
    {
        Description = SqlInsert.Description,
    };

    public async ValueTask<Batches> ProcessAsync(Batch batch, CancellationToken cancellation)
    {
        WriteFailures failures = await writer.WriteAsync(batch, cancellation).ConfigureAwait(false);
        foreach ((int position, string reason) in failures)
        {
            batch[position].Error = new MessageError(reason) { Cause = failures.Kind };
        }

        return batch;
    }

    public ValueTask DisposeAsync() => writer.DisposeAsync();
}
