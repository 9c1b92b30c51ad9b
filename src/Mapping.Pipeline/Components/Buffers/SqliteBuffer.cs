using System.Threading.Channels;
using Mapping.Pipeline.Config;
using Mapping.Pipeline.Contracts;
using Mapping.Pipeline.Graph;
using Mapping.Pipeline.Messages;
using Microsoft.Data.Sqlite;

namespace Mapping.Pipeline.Components.Buffers;

/// <param name="Path">The database file.</param>
/// <param name="Before">Run before messages are stored.</param>
/// <param name="After">Run when they are read.</param>
internal sealed record SqliteBufferOptions(string Path, IReadOnlyList<ComponentPlan<IProcessor>> Before, IReadOnlyList<ComponentPlan<IProcessor>> After);

/// <summary>
/// <c>sqlite</c>: messages wait in a database file. Everything that is at hand is stored, and removed, in one transaction: the disk is
/// waited for once for all of it.
/// </summary>
internal sealed class SqliteBuffer : IBuffer, ISettler
{
    private const int MostPending = 1024;

    private static readonly Field<string> Path = Fields.Text("path", "The database file; it is made when it is missing.").Example("state/buffer.db");
    private static readonly Field<IReadOnlyList<ComponentPlan<IProcessor>>> Before = Fields.Processors("pre_processors", "Run on messages before they are stored.").Default("[]").Advanced();
    private static readonly Field<IReadOnlyList<ComponentPlan<IProcessor>>> After = Fields.Processors("post_processors", "Run on messages when they are read from the buffer.").Default("[]").Advanced();

    private readonly SqliteBufferOptions options;
    private readonly IComponentContext context;
    private readonly IProcessorChain before;
    private readonly Channel<Change> changes = Channel.CreateUnbounded<Change>(new UnboundedChannelOptions { SingleReader = true });
    private readonly SemaphoreSlim room = new(MostPending);
    private readonly Queue<(long Id, byte[] Content)> rows = new();
    private readonly Lock table = new();
    private readonly Lock gate = new();
    private TaskCompletionSource stored = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private BatchTable? database;
    private Task storing = Task.CompletedTask;
    private long lastRead;
    private int pending;
    private bool isComplete;

    private SqliteBuffer(SqliteBufferOptions options, IComponentContext context)
    {
        this.options = options;
        this.context = context;
        before = context.Build(options.Before);
    }

    public static ComponentType Type { get; } = new ComponentType<IBuffer, SqliteBufferOptions>(
        ComponentKind.Buffer,
        "sqlite",
        "Holds messages in a database file, so that a source does not wait for the output and nothing is lost.",
        new Shape<SqliteBufferOptions>([Path, Before, After], read => new SqliteBufferOptions(read.Get(Path), read.Get(Before), read.Get(After)))
            .Rule(static (o, _) => o.Path.Length == 0 ? new Breach("the file needs a name", Path) : null),
        static (options, context) => new SqliteBuffer(options, context))
    {
        Description = """
            A message is acknowledged to its source when it is on the disk, and removed from the file when it is written. After a crash
            what was not removed is written again: nothing is lost, and some may be written twice. A stop leaves what waits for the next
            run. The file grows as long as the output is slower than the input; it belongs to one pipeline at a time.
            """,
        Example = """
            input:
              generate: { count: 10, interval: "", mapping: root.id = counter() }
            buffer:
              sqlite: { path: "${BUFFER_FILE:buffer.db}" }
            output:
              drop: {}
            """,
    };

    public bool IsDurable => true;

    public IReadOnlyList<ComponentPlan<IProcessor>> Processors => options.After;

    public ValueTask ConnectAsync(CancellationToken cancellation)
    {
        database = BatchTable.Open(options.Path);
        storing = Task.Run(StoreAsync, CancellationToken.None);
        return ValueTask.CompletedTask;
    }

    public async ValueTask WriteAsync(Delivery delivery, CancellationToken cancellation)
    {
        Batches made = before.IsEmpty ? delivery.Messages : await before.RunAsync(delivery.Track().Messages, cancellation).ConfigureAwait(false);
        var contents = new byte[made.Count][];
        for (int i = 0; i < contents.Length; i++)
        {
            contents[i] = StoredBatch.Write(made[i]);
        }

        await room.WaitAsync(cancellation).ConfigureAwait(false);
        Interlocked.Increment(ref pending);
        changes.Writer.TryWrite(new Change(delivery, contents, 0));
    }

    public void Complete()
    {
        lock (gate)
        {
            isComplete = true;
        }

        Wake();
    }

    public async ValueTask<Delivery?> ReadAsync(CancellationToken cancellation)
    {
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            if (rows.TryDequeue(out (long Id, byte[] Content) row))
            {
                return new Delivery(StoredBatch.Read(row.Content), this, row.Id);
            }

            Task change;
            bool isLast;
            lock (gate)
            {
                change = stored.Task;
                isLast = isComplete && Volatile.Read(ref pending) == 0;
            }

            lock (table)
            {
                database!.ReadAfter(lastRead).ForEach(rows.Enqueue);
            }

            if (rows.Count > 0)
            {
                lastRead = rows.Last().Id;
            }
            else if (isLast)
            {
                return null;
            }
            else
            {
                await change.WaitAsync(cancellation).ConfigureAwait(false);
            }
        }
    }

    /// <summary>What is written is removed; what is not stays for the next run.</summary>
    public ValueTask SettleAsync(Delivery delivery, Rejection? rejection)
    {
        if (rejection is null)
        {
            changes.Writer.TryWrite(new Change(null, [], delivery.Position));
        }

        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        changes.Writer.TryComplete();
        await storing.ConfigureAwait(false);
        database?.Dispose();
        await before.DisposeAsync().ConfigureAwait(false);
        room.Dispose();
    }

    private async Task StoreAsync()
    {
        var group = new List<Change>();
        while (await changes.Reader.WaitToReadAsync().ConfigureAwait(false))
        {
            group.Clear();
            while (group.Count < MostPending && changes.Reader.TryRead(out Change change))
            {
                group.Add(change);
            }

            Rejection? rejection = Commit(group);
            foreach (Change change in group)
            {
                if (change.Delivery is { } delivery)
                {
                    Interlocked.Decrement(ref pending);
                    room.Release();
                    await delivery.SettleAsync(rejection).ConfigureAwait(false);
                }
            }

            Wake();
        }
    }

    /// <summary>Why nothing of it was stored; null when all is on the disk.</summary>
    private Rejection? Commit(List<Change> group)
    {
        try
        {
            lock (table)
            {
                using SqliteTransaction transaction = database!.Begin();
                foreach (Change change in group)
                {
                    foreach (byte[] content in change.Contents)
                    {
                        database.Insert(content);
                    }

                    if (change.Delivery is null)
                    {
                        database.Delete(change.Written);
                    }
                }

                transaction.Commit();
            }

            return null;
        }
        catch (SqliteException error)
        {
            context.Log.Write(LogLevel.Error, $"the buffer cannot be written: {error.Message}");
            return new Rejection($"the buffer cannot be written: {error.Message}");
        }
    }

    private void Wake()
    {
        TaskCompletionSource old;
        lock (gate)
        {
            old = stored;
            stored = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        old.TrySetResult();
    }

    /// <param name="Delivery">One to store; null for one to remove.</param>
    /// <param name="Contents">Its batches.</param>
    /// <param name="Written">The row to remove.</param>
    private readonly record struct Change(Delivery? Delivery, byte[][] Contents, long Written);
}
