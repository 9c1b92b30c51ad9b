using System.Diagnostics;
using Mapping.Functions;

namespace Mapping.Pipeline.Messages;

/// <summary>Spans of messages: one for the whole way of a message, and within it one for every step.</summary>
internal static class MessageSpans
{
    /// <summary>A message that names a trace continues it; one that comes from an input within the input is on its way already.</summary>
    /// <param name="source">Of the spans.</param>
    /// <param name="name">Of the spans.</param>
    /// <param name="batch">The messages.</param>
    /// <param name="extract">As in <see cref="TraceCarrier.TryExtract"/>.</param>
    /// <returns>Why the last trace that could not be extracted was not; null when there is none.</returns>
    public static string? Begin(ActivitySource source, string name, Batch batch, CompiledMapping? extract)
    {
        string? problem = null;
        for (int i = 0; i < batch.Count; i++)
        {
            Message message = batch[i];
            if (Trail.Of(message)?.Span is { IsStopped: false })
            {
                continue;
            }

            Activity? span = TraceCarrier.TryExtract(batch, i, extract, out ActivityContext parent, out string? failure)
                ? source.StartActivity(name, ActivityKind.Consumer, parent)
                : source.StartActivity(name, ActivityKind.Consumer, parentId: null);
            Leave();
            problem = failure ?? problem;
            if (span is not null)
            {
                message.Attachment = (Trail.Of(message) ?? new Trail(null, 0)) with { Span = span };
            }
        }

        return problem;
    }

    public static void End(Batch batch, Rejection? rejection)
    {
        for (int i = 0; i < batch.Count; i++)
        {
            if (Trail.Of(batch[i])?.Span is { IsStopped: false } span)
            {
                if (rejection?.Failed(i) == true)
                {
                    Fail(span, rejection.ReasonOf(i));
                }

                span.Stop();
            }
        }
    }

    /// <summary>Spans within those of the messages; none for messages that are not traced.</summary>
    public static List<Activity> Enter(ActivitySource source, string name, ActivityKind kind, Batch batch)
    {
        var spans = new List<Activity>();
        foreach (Message message in batch)
        {
            if (Start(source, name, kind, message) is { } span)
            {
                spans.Add(span);
            }
        }

        return spans;
    }

    /// <summary>A span within that of the message; null for one that is not traced.</summary>
    public static Activity? Start(ActivitySource source, string name, ActivityKind kind, Message message)
    {
        Activity? span = Trail.Of(message)?.Span is { } parent ? source.StartActivity(name, kind, parent.Context) : null;
        Leave();
        return span;
    }

    /// <summary>Of several spans the one within that of the message, for what became of it.</summary>
    public static void Fail(List<Activity> spans, Message message, string reason)
    {
        if (spans.Find(s => IsWithin(s, message)) is { } span)
        {
            Fail(span, reason);
        }
    }

    /// <summary>Whether a span is that of a step on the way of the message.</summary>
    public static bool IsWithin(Activity span, Message message) => Trail.Of(message)?.Span is { } parent && span.ParentSpanId == parent.SpanId;

    public static void FailAll(List<Activity> spans, string reason) => spans.ForEach(span => Fail(span, reason));

    public static void Exit(List<Activity> spans) => spans.ForEach(static span => span.Stop());

    public static void Fail(Activity span, string reason)
    {
        span.SetTag("error", true);
        span.SetStatus(ActivityStatusCode.Error, reason);
        span.AddEvent(new ActivityEvent("event", tags: new ActivityTagsCollection { ["error"] = reason }));
    }

    /// <summary>Many messages share a thread: none of them is the current one of whatever runs next.</summary>
    private static void Leave() => Activity.Current = null;
}
