using Mapping.Pipeline.Contracts;
using Microsoft.Data.Sqlite;

namespace Mapping.Pipeline.Components.Buffers;

/// <summary>The table of batches in a database file that no other process uses at the same time. Not for several threads at once.</summary>
internal sealed class BatchTable : IDisposable
{
    private readonly SqliteConnection connection;
    private readonly SqliteCommand insert;
    private readonly SqliteCommand delete;
    private readonly SqliteCommand select;

    private BatchTable(SqliteConnection connection)
    {
        this.connection = connection;
        insert = Command("INSERT INTO batches (content) VALUES ($value) RETURNING id");
        delete = Command("DELETE FROM batches WHERE id = $value");
        select = Command("SELECT id, content FROM batches WHERE id > $value ORDER BY id LIMIT 256");
    }

    /// <summary>Opens the file, or makes it.</summary>
    /// <exception cref="StartException">It cannot be used.</exception>
    public static BatchTable Open(string path)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false, DefaultTimeout = 1 }.ToString());
        try
        {
            if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder)
            {
                Directory.CreateDirectory(folder);
            }

            connection.Open();

            // A commit returns when the disk has it; nobody else reads or writes meanwhile.
            Execute(connection, "PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL");
            Execute(connection, "CREATE TABLE IF NOT EXISTS batches (id INTEGER PRIMARY KEY AUTOINCREMENT, content BLOB NOT NULL)");
            return new BatchTable(connection);
        }
        catch (Exception error) when (error is SqliteException or IOException or UnauthorizedAccessException)
        {
            connection.Dispose();
            bool isTaken = error is SqliteException { SqliteErrorCode: 5 or 6 };
            throw new StartException(isTaken ? $"{path} is used by another process" : $"cannot open {path}: {error.Message}", isTaken ? "every pipeline needs a file of its own" : "check the path and its permissions");
        }
    }

    /// <summary>Everything within happens or nothing does.</summary>
    public SqliteTransaction Begin()
    {
        SqliteTransaction transaction = connection.BeginTransaction();
        insert.Transaction = transaction;
        delete.Transaction = transaction;
        return transaction;
    }

    /// <summary>The number of the new row, greater than all before.</summary>
    public long Insert(byte[] content)
    {
        insert.Parameters[0].Value = content;
        return (long)insert.ExecuteScalar()!;
    }

    public void Delete(long id)
    {
        delete.Parameters[0].Value = id;
        delete.ExecuteNonQuery();
    }

    /// <summary>Some rows behind a number, in their order.</summary>
    public List<(long Id, byte[] Content)> ReadAfter(long id)
    {
        select.Parameters[0].Value = id;
        var rows = new List<(long, byte[])>();
        using SqliteDataReader reader = select.ExecuteReader();
        while (reader.Read())
        {
            rows.Add((reader.GetInt64(0), reader.GetFieldValue<byte[]>(1)));
        }

        return rows;
    }

    public void Dispose()
    {
        insert.Dispose();
        delete.Dispose();
        select.Dispose();
        connection.Dispose();
    }

    private static void Execute(SqliteConnection connection, string text)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = text;
        command.ExecuteNonQuery();
    }

    private SqliteCommand Command(string text)
    {
        SqliteCommand command = connection.CreateCommand();
        command.CommandText = text;
        command.Parameters.Add(new SqliteParameter { ParameterName = "$value" });
        return command;
    }
}
