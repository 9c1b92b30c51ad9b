using Mapping.Pipeline.Messages;
using Npgsql;

namespace Mapping.Connectors.Sql;

/// <summary>Rows inserted in one transaction; those that the database refuses for what they are can be found and left out.</summary>
internal sealed class InsertTransaction(SqlDatabase database, InsertStatement statement)
{
    private const string Mark = "part";

    private readonly ColumnTypes types = new(statement);

    /// <summary>All rows or none.</summary>
    public Task InsertAllAsync(ReadOnlyMemory<object?[]> rows, CancellationToken cancellation) =>
        RunAsync(rows, (connection, takesBytes) => InsertAsync(connection, rows, takesBytes, cancellation), cancellation);

    /// <summary>All rows but those that are refused: halves are tried, and halves of those that fail, down to the single row.</summary>
    /// <param name="rows">They were refused as a whole.</param>
    /// <param name="refused">Told the position of each refused row.</param>
    /// <param name="cancellation">Ends the wait; nothing is then written.</param>
    public Task InsertGoodAsync(ReadOnlyMemory<object?[]> rows, Action<int, PostgresException> refused, CancellationToken cancellation) =>
        RunAsync(rows, (connection, takesBytes) => InsertHalvesAsync(connection, rows, 0, takesBytes, refused, cancellation), cancellation);

    private async Task RunAsync(ReadOnlyMemory<object?[]> rows, Func<NpgsqlConnection, bool[]?, Task> insert, CancellationToken cancellation)
    {
        NpgsqlConnection connection = await database.OpenAsync(cancellation).ConfigureAwait(false);
        await using (connection.ConfigureAwait(false))
        {
            NpgsqlTransaction transaction = await connection.BeginTransactionAsync(cancellation).ConfigureAwait(false);
            await using (transaction.ConfigureAwait(false))
            {
                await insert(connection, HasBytes(rows.Span) ? await types.TakeBytesAsync(connection, cancellation).ConfigureAwait(false) : null).ConfigureAwait(false);
                await CommitAsync(transaction).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Once asked for, a commit is waited for: to give it up would leave in doubt what was written.</summary>
    private static async Task CommitAsync(NpgsqlTransaction transaction)
    {
        try
        {
            await transaction.CommitAsync(CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception error) when (error is NpgsqlException or IOException or InvalidOperationException)
        {
            throw new ClassifiedException($"the commit failed: {SqlFailures.Told(error)}", SqlFailures.AtCommit(error), error);
        }
    }

    private static bool HasBytes(ReadOnlySpan<object?[]> rows)
    {
        foreach (object?[] row in rows)
        {
            if (Array.Exists(row, static v => v is byte[]))
            {
                return true;
            }
        }

        return false;
    }

    private async Task InsertAsync(NpgsqlConnection connection, ReadOnlyMemory<object?[]> rows, bool[]? takesBytes, CancellationToken cancellation)
    {
        for (int start = 0; start < rows.Length; start += statement.MostRows)
        {
            using NpgsqlCommand command = statement.Command(connection, rows.Span[start..Math.Min(rows.Length, start + statement.MostRows)], takesBytes);
            await command.ExecuteNonQueryAsync(cancellation).ConfigureAwait(false);
        }
    }

    private async Task InsertHalvesAsync(NpgsqlConnection connection, ReadOnlyMemory<object?[]> rows, int start, bool[]? takesBytes, Action<int, PostgresException> refused, CancellationToken cancellation)
    {
        int half = rows.Length / 2;
        await InsertPartAsync(connection, rows[..half], start, takesBytes, refused, cancellation).ConfigureAwait(false);
        await InsertPartAsync(connection, rows[half..], start + half, takesBytes, refused, cancellation).ConfigureAwait(false);
    }

    private async Task InsertPartAsync(NpgsqlConnection connection, ReadOnlyMemory<object?[]> rows, int start, bool[]? takesBytes, Action<int, PostgresException> refused, CancellationToken cancellation)
    {
        if (rows.Length == 0)
        {
            return;
        }

        await RunAsync(connection, "SAVEPOINT " + Mark, cancellation).ConfigureAwait(false);
        try
        {
            await InsertAsync(connection, rows, takesBytes, cancellation).ConfigureAwait(false);
            await RunAsync(connection, "RELEASE SAVEPOINT " + Mark, cancellation).ConfigureAwait(false);
            return;
        }
        catch (PostgresException error) when (SqlFailures.IsOfRow(error))
        {
            await RunAsync(connection, $"ROLLBACK TO SAVEPOINT {Mark}; RELEASE SAVEPOINT {Mark}", cancellation).ConfigureAwait(false);
            if (rows.Length == 1)
            {
                refused(start, error);
                return;
            }
        }

        await InsertHalvesAsync(connection, rows, start, takesBytes, refused, cancellation).ConfigureAwait(false);
    }

    private static async Task RunAsync(NpgsqlConnection connection, string text, CancellationToken cancellation)
    {
#pragma warning disable CA2100 // Only names of save points.
        using var command = new NpgsqlCommand(text, connection);
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync(cancellation).ConfigureAwait(false);
    }
}
