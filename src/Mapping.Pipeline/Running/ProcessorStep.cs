using System.Diagnostics;
using Mapping.Functions;
using Mapping.Pipeline.Contracts;
using Mapping.Pipeline.Messages;

namespace Mapping.Pipeline.Running;

/// <summary>One processor under watch: it is counted, timed, and what it flags or throws is noted with its name.</summary>
internal sealed class ProcessorStep : IAsyncDisposable
{
    private static readonly List<Activity> NoSpans = [];

    private readonly IProcessor processor;
    private readonly ComponentPlan plan;
    private readonly ComponentContext context;
    private readonly bool skipsFailed;
    private readonly bool isMeasured;
    private readonly ICounter received;
    private readonly ICounter batchReceived;
    private readonly ICounter sent;
    private readonly ICounter batchSent;
    private readonly ICounter errors;
    private readonly ITiming latency;

    private ProcessorStep(IProcessor processor, ComponentContext context, RunServices services)
    {
        this.processor = processor;
        this.context = context;
        plan = context.Plan;
        skipsFailed = services.Errors.Strict;
        isMeasured = context.IsMeasured;
        received = context.Metrics.Counter("processor_received");
        batchReceived = context.Metrics.Counter("processor_batch_received");
        sent = context.Metrics.Counter("processor_sent");
        batchSent = context.Metrics.Counter("processor_batch_sent");
        errors = context.Metrics.Counter("processor_error");
        latency = context.Metrics.Timing("processor_latency_ns");
    }

    /// <summary>Not where failed messages are skipped, which is decided for a batch as a whole.</summary>
    public bool TakesLoose => processor.TakesLoose && !skipsFailed;

    public static ProcessorStep Create(ComponentPlan<IProcessor> plan, RunServices services)
    {
        var context = new ComponentContext(services, plan);
        return new ProcessorStep(Construction.Make(plan, context), context, services);
    }

    public ValueTask<Batches> RunAsync(Batch batch, CancellationToken cancellation)
    {
        if (skipsFailed && batch[0].Error is not null)
        {
            return ValueTask.FromResult<Batches>(batch);
        }

        return context.Spans is { } source ? RunTracedAsync(source, batch, cancellation) : ProcessAsync(batch, NoSpans, cancellation);
    }

    public ValueTask DisposeAsync() => processor.DisposeAsync();

    /// <summary>The spans are the current ones only within.</summary>
    private async ValueTask<Batches> RunTracedAsync(ActivitySource source, Batch batch, CancellationToken cancellation)
    {
        List<Activity> spans = MessageSpans.Enter(source, plan.Type, ActivityKind.Internal, batch);
        try
        {
            return await ProcessAsync(batch, spans, cancellation).ConfigureAwait(false);
        }
        finally
        {
            MessageSpans.Exit(spans);
        }
    }

    private ValueTask<Batches> ProcessAsync(Batch batch, List<Activity> spans, CancellationToken cancellation)
    {
        long start = isMeasured ? context.Clock.GetTimestamp() : 0;
        ValueTask<Batches> made;
        try
        {
            made = processor.ProcessAsync(batch, cancellation);
        }
#pragma warning disable CA1031 // Whatever a processor throws is the failure of its messages.
        catch (Exception error)
#pragma warning restore CA1031
        {
            made = ValueTask.FromException<Batches>(error);
        }

        return made.IsCompletedSuccessfully ? ValueTask.FromResult(Finish(batch, made.Result, spans, start)) : WaitAsync(batch, made, spans, start, cancellation);
    }

    private async ValueTask<Batches> WaitAsync(Batch batch, ValueTask<Batches> made, List<Activity> spans, long start, CancellationToken cancellation)
    {
        Batches result;
        try
        {
            result = await made.ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            throw;
        }
#pragma warning disable CA1031 // Whatever a processor throws is the failure of its messages.
        catch (Exception error)
#pragma warning restore CA1031
        {
            foreach (Message message in batch)
            {
                message.Error = new MessageError(Rejection.Text(error)) { Cause = FailureKinds.Of(error) };
            }

            result = batch;
        }

        return Finish(batch, result, spans, start);
    }

    private Batches Finish(Batch batch, Batches result, List<Activity> spans, long start)
    {
        NoteFailures(result, spans);
        if (isMeasured)
        {
            Measure(batch, result, start);
        }

        return result;
    }

    /// <summary>A new error has no source yet.</summary>
    private void NoteFailures(Batches result, List<Activity> spans)
    {
        for (int b = 0; b < result.Count; b++)
        {
            Batch batch = result[b];
            for (int i = 0; i < batch.Count; i++)
            {
                if (batch[i].Error is { SourceName: null } error)
                {
                    batch[i].Error = error with { SourceName = plan.Type, SourceLabel = plan.Label ?? string.Empty, SourcePath = plan.Path };
                    errors.Add();
                    MessageSpans.Fail(spans, batch[i], error.Text);
                    context.Log.Write(LogLevel.Error, $"a message failed: {error.Text}");
                }
            }
        }
    }

    private void Measure(Batch batch, Batches result, long start)
    {
        received.Add(batch.Count);
        batchReceived.Add(batch.BatchCount);
        for (int b = 0; b < result.Count; b++)
        {
            batchSent.Add(result[b].BatchCount);
            sent.Add(result[b].Count);
        }

        latency.Record(context.Clock.GetElapsedTime(start) / batch.BatchCount, batch.BatchCount);
    }
}
