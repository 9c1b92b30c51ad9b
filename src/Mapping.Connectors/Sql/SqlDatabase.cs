using Mapping.Pipeline.Components.Inputs;
using Mapping.Pipeline.Contracts;
using Mapping.Pipeline.Messages;
using Npgsql;

namespace Mapping.Connectors.Sql;

/// <summary>The pool of connections of one component. What is to be run before the first use is run once.</summary>
internal sealed class SqlDatabase(SqlConnection settings, IComponentContext context) : IAsyncDisposable
{
    private readonly NpgsqlDataSource source = NpgsqlDataSource.Create(settings.Address);
    private readonly SemaphoreSlim turn = new(1);
    private volatile bool isPrepared = !settings.HasInit;

    /// <summary>Makes ready what can be made ready before the first message.</summary>
    /// <exception cref="StartException">The statements for the first use can never succeed.</exception>
    public async ValueTask ConnectAsync(CancellationToken cancellation)
    {
        if (isPrepared && !settings.VerifiesFirst)
        {
            return;
        }

        try
        {
            NpgsqlConnection connection = await OpenAsync(cancellation).ConfigureAwait(false);
            await using (connection.ConfigureAwait(false))
            {
                using var ask = new NpgsqlCommand("SELECT 1", connection);
                await ask.ExecuteNonQueryAsync(cancellation).ConfigureAwait(false);
            }
        }
        catch (PostgresException error) when (SqlFailures.Of(error) == FailureKind.Permanent)
        {
            throw new StartException($"the statements for the first use failed: {SqlFailures.Told(error)}", "see init_statement and init_files");
        }
        catch (NpgsqlException error)
        {
            throw new DisconnectedException($"{settings} cannot be used: {SqlFailures.Told(error)}", error);
        }
    }

    /// <summary>A connection of the pool, to be disposed after use.</summary>
    public async ValueTask<NpgsqlConnection> OpenAsync(CancellationToken cancellation)
    {
        NpgsqlConnection connection = await source.OpenConnectionAsync(cancellation).ConfigureAwait(false);
        if (isPrepared)
        {
            return connection;
        }

        try
        {
            await PrepareAsync(connection, cancellation).ConfigureAwait(false);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await source.DisposeAsync().ConfigureAwait(false);
        turn.Dispose();
    }

    private async Task PrepareAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        await turn.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            if (isPrepared)
            {
                return;
            }

            foreach (string path in settings.InitFiles.SelectMany(FileGlob.Expand))
            {
                context.Log.Write(LogLevel.Debug, $"running {path}");
                await RunAsync(connection, await File.ReadAllTextAsync(path, cancellation).ConfigureAwait(false), cancellation).ConfigureAwait(false);
            }

            if (!string.IsNullOrWhiteSpace(settings.InitStatement))
            {
                await RunAsync(connection, settings.InitStatement, cancellation).ConfigureAwait(false);
            }

            isPrepared = true;
        }
        finally
        {
            turn.Release();
        }
    }

    private static async Task RunAsync(NpgsqlConnection connection, string text, CancellationToken cancellation)
    {
#pragma warning disable CA2100 // The statements are those of the configuration.
        using var command = new NpgsqlCommand(text, connection);
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync(cancellation).ConfigureAwait(false);
    }
}
