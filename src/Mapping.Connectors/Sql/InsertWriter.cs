using System.Globalization;
using Mapping.Pipeline.Components;
using Mapping.Pipeline.Contracts;
using Mapping.Pipeline.Messages;
using Npgsql;

namespace Mapping.Connectors.Sql;

/// <param name="Connection">The database.</param>
/// <param name="Statement">What is inserted.</param>
/// <param name="Backoff">Pauses before what may pass is tried again.</param>
/// <param name="MaxInFlight">Batches under way.</param>
/// <param name="Batching">How messages are grouped.</param>
internal sealed record InsertOptions(SqlConnection Connection, InsertStatement Statement, Backoff Backoff, int MaxInFlight = 1, BatchPolicy? Batching = null);

/// <summary>Writes batches, and knows of each message why it was not written.</summary>
internal sealed class InsertWriter : IAsyncDisposable
{
    private readonly InsertOptions options;
    private readonly IComponentContext context;
    private readonly SqlDatabase database;
    private readonly InsertTransaction transactions;
    private readonly Random random;

    public InsertWriter(InsertOptions options, IComponentContext context)
    {
        this.options = options;
        this.context = context;
        database = new SqlDatabase(options.Connection, context);
        transactions = new InsertTransaction(database, options.Statement);
        random = context.CreateRandom();
    }

    public ValueTask ConnectAsync(CancellationToken cancellation) => database.ConnectAsync(cancellation);

    /// <summary>The messages that were not written; the others are.</summary>
    /// <exception cref="DisconnectedException">Nobody answers, and none was written.</exception>
    public async ValueTask<WriteFailures> WriteAsync(Batch batch, CancellationToken cancellation)
    {
        var failures = new WriteFailures();
        var rows = new List<object?[]>(batch.Count);
        var positions = new List<int>(batch.Count);
        for (int i = 0; i < batch.Count; i++)
        {
            if (SqlArguments.TryMake(options.Statement.Arguments, batch, i, options.Statement.Columns.Count, out object?[]? row, out string? problem))
            {
                rows.Add(row);
                positions.Add(i);
            }
            else
            {
                failures.Note(i, problem, FailureKind.Permanent);
            }
        }

        if (rows.Count > 0)
        {
            await InsertAsync(rows.ToArray(), positions, failures, cancellation).ConfigureAwait(false);
        }

        return failures;
    }

    public ValueTask DisposeAsync() => database.DisposeAsync();

    /// <summary>What may pass is tried again until it does or the time is up; what never will is noted at once.</summary>
    private async ValueTask InsertAsync(ReadOnlyMemory<object?[]> rows, List<int> positions, WriteFailures failures, CancellationToken cancellation)
    {
        long start = context.Clock.GetTimestamp();
        bool isInDoubt = false;
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                foreach ((int row, PostgresException refusal) in await AttemptAsync(rows, cancellation).ConfigureAwait(false))
                {
                    bool mayBeItself = isInDoubt && SqlFailures.IsOfAnotherRow(refusal);
                    failures.Note(positions[row], Told(refusal, mayBeItself), mayBeItself ? FailureKind.Ambiguous : FailureKind.Permanent);
                }

                return;
            }
            catch (Exception error) when (error is NpgsqlException or ClassifiedException or IOException or TimeoutException)
            {
                FailureKind kind = SqlFailures.Of(error);
                TimeSpan? pause = kind == FailureKind.Permanent ? null : options.Backoff.Pause(attempt, context.Clock.GetElapsedTime(start), random);
                if (pause is null)
                {
                    // What an earlier attempt left in doubt, a later one that only fails does not settle.
                    bool mayBeItself = isInDoubt && SqlFailures.IsOfAnotherRow(Cause(error));
                    bool staysInDoubt = isInDoubt && (mayBeItself || kind != FailureKind.Permanent);
                    GiveUp(error, Told(error, mayBeItself), staysInDoubt ? FailureKind.Ambiguous : kind, positions, failures);
                    return;
                }

                isInDoubt |= kind == FailureKind.Ambiguous;
                Warn(error, kind, pause.Value);
                await Task.Delay(pause.Value, context.Clock, cancellation).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Inserts the rows in one go, and only when that is refused looks for those at fault.</summary>
    private async Task<IReadOnlyList<(int Row, PostgresException Refusal)>> AttemptAsync(ReadOnlyMemory<object?[]> rows, CancellationToken cancellation)
    {
        try
        {
            await transactions.InsertAllAsync(rows, cancellation).ConfigureAwait(false);
            return [];
        }
        catch (PostgresException refusal) when (SqlFailures.IsOfRow(refusal))
        {
            if (rows.Length == 1)
            {
                return [(0, refusal)];
            }
        }

        var refused = new List<(int, PostgresException)>();
        await transactions.InsertGoodAsync(rows, (row, refusal) => refused.Add((row, refusal)), cancellation).ConfigureAwait(false);
        return refused;
    }

    private static void GiveUp(Exception error, string told, FailureKind kind, List<int> positions, WriteFailures failures)
    {
        if (kind != FailureKind.Permanent && SqlFailures.IsConnectionLost(Cause(error)))
        {
            throw new DisconnectedException(told, new ClassifiedException(told, kind, error));
        }

        foreach (int position in positions)
        {
            failures.Note(position, told, kind);
        }
    }

    private static Exception Cause(Exception error) => error is ClassifiedException { InnerException: { } inner } ? inner : error;

    private static string Told(Exception error, bool mayBeItself) =>
        mayBeItself ? $"{SqlFailures.Told(error)}; the other row may be its own, written by an earlier attempt whose commit was not confirmed" : SqlFailures.Told(error);

    private void Warn(Exception error, FailureKind kind, TimeSpan pause)
    {
        string doubt = kind != FailureKind.Ambiguous ? "nothing was written"
            : options.Statement.BearsRepetition ? "it may have been written, which ON CONFLICT bears"
            : "it may have been written and may now be written twice; a key and a suffix with ON CONFLICT prevent that";
        context.Log.Write(LogLevel.Warn, string.Create(CultureInfo.InvariantCulture, $"an insert failed and is tried again in {pause.TotalMilliseconds:0} ms: {SqlFailures.Told(error)}; {doubt}"));
    }
}
