using System.Diagnostics;
using Mapping.Functions;
using Mapping.Pipeline.Contracts;
using Mapping.Pipeline.Graph;
using Mapping.Pipeline.Messages;

namespace Mapping.Pipeline.Running;

/// <summary>An output that is connected when needed, counted and timed, and to which messages that failed are not given.</summary>
#pragma warning disable CA1001 // A semaphore whose wait handle nobody asks for holds nothing that must be freed.
internal sealed class GuardedOutput : IOutput
#pragma warning restore CA1001
{
    /// <summary>Enough for connections that come and go; a batch that breaks every one is rejected in the end.</summary>
    private const int MostRepetitions = 3;

    private static readonly List<Activity> NoSpans = [];

    private readonly IOutput inner;
    private readonly ComponentContext context;
    private readonly Connecting connection;
    private readonly bool refusesFailed;
    private readonly bool isMeasured;
    private readonly ICounter sent;
    private readonly ICounter batchSent;
    private readonly ICounter errors;
    private readonly ICounter refused;
    private readonly ITiming latency;

    /// <summary>Writes that wait for a connection begin in the order in which they came; those that are repeated, when it is there.</summary>
    private readonly SemaphoreSlim line = new(1);
    private int waiting;

    public GuardedOutput(IOutput inner, ComponentContext context, ErrorHandling handling)
    {
        this.inner = inner;
        this.context = context;
        connection = new Connecting(context, inner.ConnectAsync);
        context.Connections.Add(connection);
        isMeasured = context.IsMeasured;
        refusesFailed = handling.RejectsFailed && !inner.TakesFailed;
        sent = context.Metrics.Counter("output_sent");
        batchSent = context.Metrics.Counter("output_batch_sent");
        errors = context.Metrics.Counter("output_error");
        refused = context.Metrics.Counter("output_rejected");
        latency = context.Metrics.Timing("output_latency_ns");
    }

    public bool IsConnected => connection.IsConnected;

    public string? Problem => connection.Problem;

    public ValueTask ConnectAsync(CancellationToken cancellation) => connection.EnsureAsync(cancellation);

    public ValueTask WriteAsync(Batch batch, CancellationToken cancellation)
    {
        if (refusesFailed)
        {
            for (int i = 0; i < batch.Count; i++)
            {
                if (IsRefused(batch[i]))
                {
                    return WriteOthersAsync(batch, cancellation);
                }
            }
        }

        return SendAsync(batch, cancellation);
    }

    public ValueTask DisposeAsync() => inner.DisposeAsync();

    private static bool IsRefused(Message message) => message.Error is not null && Trail.Of(message) is not { TakesError: true };

    /// <summary>As it is told to whoever looks for the reason: with the component that said so.</summary>
    private static string Told(MessageError error) =>
        $"{error.SourceName} ({(string.IsNullOrEmpty(error.SourceLabel) ? error.SourcePath : "label " + error.SourceLabel)}) failed: {error.Text}";

    private async ValueTask WriteOthersAsync(Batch batch, CancellationToken cancellation)
    {
        var failures = new WriteFailures();
        var kept = new List<int>();
        for (int i = 0; i < batch.Count; i++)
        {
            if (IsRefused(batch[i]))
            {
                failures.Note(i, Told(batch[i].Error!), FailureKinds.Of(batch[i].Error!));
            }
            else
            {
                kept.Add(i);
            }
        }

        refused.Add(failures.Count);
        if (kept.Count > 0)
        {
            await Selection.WriteAsync(SendAsync, batch, kept, failures, cancellation).ConfigureAwait(false);
        }

        throw new BatchException(failures);
    }

    private static void NoteFailures(List<Activity> spans, Batch batch, Exception error)
    {
        for (int i = 0; i < batch.Count && spans.Count > 0; i++)
        {
            if (BatchException.Failed(error, i, out string reason))
            {
                MessageSpans.Fail(spans, batch[i], reason);
            }
        }
    }

    /// <summary>Whatever goes wrong is in what is returned, never thrown.</summary>
    private ValueTask SendAsync(Batch batch, CancellationToken cancellation) =>
        connection.IsConnected && Volatile.Read(ref waiting) == 0 ? BeginAsync(batch, cancellation) : ConnectAndSendAsync(batch, cancellation);

    private ValueTask BeginAsync(Batch batch, CancellationToken cancellation) =>
        context.Spans is { } source ? SendTracedAsync(source, batch, cancellation) : SendConnectedAsync(batch, NoSpans, 0, cancellation);

    /// <summary>The spans are the current ones only within.</summary>
    private async ValueTask SendTracedAsync(ActivitySource source, Batch batch, CancellationToken cancellation)
    {
        List<Activity> spans = MessageSpans.Enter(source, "output_" + context.Plan.Type, ActivityKind.Producer, batch);
        try
        {
            Batch marked = inner.InjectsTrace is { } inject ? Marked(batch, inject, spans) : batch;
            await SendConnectedAsync(marked, spans, 0, cancellation).ConfigureAwait(false);
        }
        finally
        {
            MessageSpans.Exit(spans);
        }
    }

    /// <summary>Messages that name their spans, so that whoever reads them continues the trace. One for which that fails goes without.</summary>
    private Batch Marked(Batch batch, CompiledMapping inject, List<Activity> spans)
    {
        var marked = new Message[batch.Count];
        int next = 0;
        for (int i = 0; i < marked.Length; i++)
        {
            // Spans are in the order of the messages that have one.
            marked[i] = next < spans.Count && MessageSpans.IsWithin(spans[next], batch[i]) ? Marked(batch[i], inject, spans[next++]) : batch[i];
        }

        return batch.With(marked);
    }

    private Message Marked(Message message, CompiledMapping inject, Activity span)
    {
        Message? marked = TraceCarrier.Inject(message, inject, span, out string? problem);
        if (problem is not null)
        {
            context.Log.Write(LogLevel.Warn, $"the trace context of a message is left out, for inject_tracing_map failed: {problem}");
        }

        return marked ?? message;
    }

    /// <param name="batch">What is written.</param>
    /// <param name="spans">Those of its messages.</param>
    /// <param name="repetitions">How often it was written before, each time on a connection that was lost.</param>
    /// <param name="cancellation">Ends the write.</param>
    private ValueTask SendConnectedAsync(Batch batch, List<Activity> spans, int repetitions, CancellationToken cancellation)
    {
        int used = connection.Generation;
        long start = isMeasured ? context.Clock.GetTimestamp() : 0;
        ValueTask write;
        try
        {
            write = inner.WriteAsync(batch, cancellation);
        }
#pragma warning disable CA1031 // Looked at where it is awaited.
        catch (Exception error)
#pragma warning restore CA1031
        {
            write = ValueTask.FromException(error);
        }

        if (!write.IsCompletedSuccessfully)
        {
            return FinishAsync(new Attempt(batch, spans, start, used, repetitions), write, cancellation);
        }

        Note(batch, start);
        return ValueTask.CompletedTask;
    }

    private async ValueTask ConnectAndSendAsync(Batch batch, CancellationToken cancellation)
    {
        ValueTask write;
        Interlocked.Increment(ref waiting);
        try
        {
            await line.WaitAsync(cancellation).ConfigureAwait(false);
            try
            {
                await connection.EnsureAsync(cancellation).ConfigureAwait(false);
                write = BeginAsync(batch, cancellation);
            }
            finally
            {
                line.Release();
            }
        }
        finally
        {
            Interlocked.Decrement(ref waiting);
        }

        await write.ConfigureAwait(false);
    }

    private async ValueTask FinishAsync(Attempt attempt, ValueTask write, CancellationToken cancellation)
    {
        try
        {
            await write.ConfigureAwait(false);
        }
        catch (DisconnectedException error)
        {
            connection.Lost(error.Message, attempt.Generation);
            if (error.IsFinal || attempt.Repetitions == MostRepetitions)
            {
                errors.Add();
                MessageSpans.FailAll(attempt.Spans, error.Message);
                throw;
            }

            await connection.EnsureAsync(cancellation).ConfigureAwait(false);
            await SendConnectedAsync(attempt.Batch, attempt.Spans, attempt.Repetitions + 1, cancellation).ConfigureAwait(false);
            return;
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            errors.Add();
            NoteFailures(attempt.Spans, attempt.Batch, error);
            if (!inner.TakesFailed)
            {
                context.Log.Write(LogLevel.Error, $"a write failed: {error.Message}");
            }

            throw;
        }

        Note(attempt.Batch, attempt.Start);
    }

    private void Note(Batch batch, long start)
    {
        if (isMeasured)
        {
            long count = 0;
            for (int i = 0; i < batch.Count; i++)
            {
                count += Trail.Of(batch[i])?.Holds ?? 1;
            }

            sent.Add(count);
            batchSent.Add(batch.BatchCount);
            latency.Record(context.Clock.GetElapsedTime(start) / batch.BatchCount, batch.BatchCount);
        }
    }

    /// <param name="Batch">What is written.</param>
    /// <param name="Spans">Those of its messages.</param>
    /// <param name="Start">When the write began.</param>
    /// <param name="Generation">The connection it uses.</param>
    /// <param name="Repetitions">How often it was written before.</param>
    private readonly record struct Attempt(Batch Batch, List<Activity> Spans, long Start, int Generation, int Repetitions);
}
