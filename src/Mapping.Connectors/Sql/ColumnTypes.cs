using Npgsql;

namespace Mapping.Connectors.Sql;

/// <summary>
/// Which columns hold bytes. Bytes for any other column are text; only the server knows the difference, and it is asked when the first
/// bytes come.
/// </summary>
internal sealed class ColumnTypes(InsertStatement statement)
{
    private const string Name = "columns_of_insert";

    private volatile bool[]? takesBytes;

    /// <summary>Asked within a transaction, so that behind a pooler of connections it stays with one of them.</summary>
    public async ValueTask<bool[]> TakeBytesAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        if (takesBytes is { } known)
        {
            return known;
        }

        await RunAsync(connection, $"PREPARE {Name} AS {statement.Text(1)}", cancellation).ConfigureAwait(false);
        string[] types;
        using (var ask = new NpgsqlCommand($"SELECT parameter_types::text[] FROM pg_prepared_statements WHERE name = '{Name}'", connection))
        {
            types = (string[])(await ask.ExecuteScalarAsync(cancellation).ConfigureAwait(false))!;
        }

        await RunAsync(connection, $"DEALLOCATE {Name}", cancellation).ConfigureAwait(false);
        return takesBytes = Array.ConvertAll(types, static t => t == "bytea");
    }

    private static async Task RunAsync(NpgsqlConnection connection, string text, CancellationToken cancellation)
    {
#pragma warning disable CA2100 // Its parts are those of the configuration.
        using var command = new NpgsqlCommand(text, connection);
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync(cancellation).ConfigureAwait(false);
    }
}
