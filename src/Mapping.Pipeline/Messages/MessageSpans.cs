using System.Diagnostics;
using Mapping.Functions;
using Mapping.Values;

namespace Mapping.Pipeline.Messages;

/// <summary>Spans of messages: one for the whole way of a message, and within it one for every step.</summary>
internal static class MessageSpans
{
    private const string ParentName = "traceparent";
    private const string StateName = "tracestate";

    /// <summary>A message that names a trace in its metadata continues it.</summary>
    public static void Begin(ActivitySource source, string name, Batch batch)
    {
        foreach (Message message in batch)
        {
            Activity? span = ActivityContext.TryParse(Metadata(message, ParentName), Metadata(message, StateName), isRemote: true, out ActivityContext parent)
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
        if (Trail.Of(message)?.Span is { } parent && spans.Find(s => s.ParentSpanId == parent.SpanId) is { } span)
        {
            Fail(span, reason);
        }
    }

    public static void FailAll(List<Activity> spans, string reason) => spans.ForEach(span => Fail(span, reason));

    public static void Exit(List<Activity> spans) => spans.ForEach(static span => span.Stop());

    public static void Fail(Activity span, string reason)
    {
        span.SetTag("error", true);
        span.SetStatus(ActivityStatusCode.Error, reason);
        span.AddEvent(new ActivityEvent("event", tags: new ActivityTagsCollection { ["error"] = reason }));
    }

    /// <summary>Protocols spell names in their own ways: <c>Traceparent</c> is what HTTP makes of it.</summary>
    private static string? Metadata(Message message, string name)
    {
        if (message.MetadataObject.IsObject)
        {
            foreach (Member member in message.MetadataObject.Members)
            {
                if (string.Equals(member.Key.ToString(), name, StringComparison.OrdinalIgnoreCase))
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
