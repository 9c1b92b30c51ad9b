using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace Mapping.Connectors.Tests.Sql;

/// <summary>A real server with an empty database, as processes of its own on a free port of the loopback.</summary>
public sealed class PostgresServer : IDisposable
{
    private readonly string folder;
    private int tables;

    public PostgresServer()
    {
        folder = string.Empty;
        if (PostgresPrograms.Folder is null)
        {
            return;
        }

        folder = PostgresPrograms.CreateFolder();
        Port = FreePort();
        PostgresPrograms.Run("initdb", "-D", Data, "-A", "trust", "-U", "postgres", "-E", "UTF8", "--no-locale", "--no-sync");
        Start();
    }

    public int Port { get; }

    public string Dsn => $"postgres://postgres@127.0.0.1:{Port}/postgres?sslmode=disable";

    private string Data => Path.Combine(folder, "data");

    /// <summary>A table that no other test uses.</summary>
    public async Task<string> CreateTableAsync(string columns)
    {
        string name = $"t{Interlocked.Increment(ref tables)}";
        await RunAsync($"CREATE TABLE {name} ({columns})");
        return name;
    }

    public async Task RunAsync(string text)
    {
        await using NpgsqlConnection connection = await OpenAsync();
        await using var command = new NpgsqlCommand(text, connection);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>The first column of all rows, as text; null for null.</summary>
    public async Task<IReadOnlyList<string?>> ReadAsync(string query)
    {
        await using NpgsqlConnection connection = await OpenAsync();
        await using var command = new NpgsqlCommand(query, connection) { AllResultTypesAreUnknown = true };
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync();
        var rows = new List<string?>();
        while (await reader.ReadAsync())
        {
            rows.Add(reader.IsDBNull(0) ? null : reader.GetString(0));
        }

        return rows;
    }

    public async Task<NpgsqlConnection> OpenAsync()
    {
        var connection = new NpgsqlConnection($"Host=127.0.0.1;Port={Port};Username=postgres;Pooling=false");
        await connection.OpenAsync();
        return connection;
    }

    public void Start() => PostgresPrograms.Run("pg_ctl", "-D", Data, "-w", "-s", "-l", Path.Combine(folder, "log"), "-o", $"-p {Port} -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c fsync=off", "start");

    /// <summary>As a crash would.</summary>
    public void Stop() => PostgresPrograms.Run("pg_ctl", "-D", Data, "-w", "-s", "-m", "immediate", "stop");

    public void Dispose()
    {
        if (PostgresPrograms.Folder is null)
        {
            return;
        }

        if (File.Exists(Path.Combine(Data, "postmaster.pid")))
        {
            Stop();
        }

        Directory.Delete(folder, recursive: true);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
