using System.Diagnostics;
using Mapping.Functions;
using Mapping.Pipeline.Messages;
using Mapping.Values;

namespace Mapping.Pipeline.Running;

/// <summary>Spans of messages: one for the whole way of a message, and within it one for every step.</summary>
internal static class MessageSpans
{
    private const string ParentName = "traceparent";

    /// <summary>A message that names a trace in its metadata continues it.</summary>
    public static void Begin(ActivitySource source, string name, Batch batch)
    {
        foreach (Message message in batch)
        {
            Activity? span = ActivityContext.TryParse(ParentOf(message), traceState: null, isRemote: true, out ActivityContext parent)
                ? source.StartActivity(name, ActivityKind.Consumer, parent)
                : source.StartActivity(name, ActivityKind.Consumer, parentId: null);
            Leave();
            if (span is not null)
            {
                message.Attachment = (Trail.Of(message) ?? new Trail(null, 0)) with { Span = span };
            }
        }
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
            if (Trail.Of(message)?.Span is { } parent && source.StartActivity(name, kind, parent.Context) is { } span)
            {
                spans.Add(span);
            }

            Leave();
        }

        return spans;
    }

    /// <summary>Of several spans the one within that of the message, for what became of it.</summary>
    public static void Fail(List<Activity> spans, Message message, string reason)
    {
        if (Trail.Of(message)?.Span is { } parent && spans.Find(s => s.ParentSpanId == parent.SpanId) is { } span)
        {
            Fail(span, reason);
        }
    }

    public static void FailAll(List<Activity> spans, string reason) => spans.ForEach(span => Fail(span, reason));

    public static void Exit(List<Activity> spans) => spans.ForEach(static span => span.Stop());

    private static void Fail(Activity span, string reason)
    {
        span.SetTag("error", true);
        span.SetStatus(ActivityStatusCode.Error, reason);
        span.AddEvent(new ActivityEvent("event", tags: new ActivityTagsCollection { ["error"] = reason }));
    }

    private static string? ParentOf(Message message)
    {
        if (message.MetadataObject.IsObject)
        {
            foreach (Member member in message.MetadataObject.Members)
            {
                if (string.Equals(member.Key.ToString(), ParentName, StringComparison.OrdinalIgnoreCase))
                {
                    return member.Value.ToString();
                }
            }
        }

        return null;
    }

    /// <summary>Many messages share a thread: none of them is the current one of whatever runs next.</summary>
    private static void Leave() => Activity.Current = null;
}
