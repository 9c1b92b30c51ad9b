using System.Diagnostics;
using Mapping.Functions;
using Mapping.Values;

namespace Mapping.Pipeline.Messages;

/// <summary>How a message tells which trace it belongs to: W3C trace context, in metadata or wherever a mapping finds or puts it.</summary>
internal static class TraceCarrier
{
    private const string ParentName = "traceparent";
    private const string StateName = "tracestate";

    /// <summary>The trace that a message continues.</summary>
    /// <param name="batch">The messages.</param>
    /// <param name="index">Which of them.</param>
    /// <param name="extract">Gives an object with <c>traceparent</c>; where it is null, fails or gives none, the metadata counts.</param>
    /// <param name="parent">The span that the message comes from.</param>
    /// <param name="problem">Why the mapping failed.</param>
    public static bool TryExtract(Batch batch, int index, CompiledMapping? extract, out ActivityContext parent, out string? problem)
    {
        MappingError? error = null;
        parent = default;
        bool isFound = extract is not null && TryRead(extract.Evaluate(batch, index, out error), out parent);
        problem = error?.Text;
        return isFound || TryRead(batch[index].MetadataObject, out parent);
    }

    /// <summary>A copy of the message that names the span; null, with the reason, when the mapping fails.</summary>
    /// <param name="message">The message, which stays as it is.</param>
    /// <param name="inject"><c>this</c> is an object with <c>traceparent</c>; what it assigns goes to the copy.</param>
    /// <param name="span">The span.</param>
    /// <param name="problem">Why the mapping failed.</param>
    public static Message? Inject(Message message, CompiledMapping inject, Activity span, out string? problem)
    {
        Message copy = message.Copy();
        MappingResult result = MappingResult.Onto(inject, copy, new Batch(new Message(Write(span))), 0);
        problem = result.Error;
        return problem is null && result.ApplyTo(copy) ? copy : null;
    }

    private static bool TryRead(Value carrier, out ActivityContext parent) =>
        ActivityContext.TryParse(Member(carrier, ParentName), Member(carrier, StateName), isRemote: true, out parent);

    private static byte[] Write(Activity span)
    {
        var carrier = new ObjectNode();
        carrier.Set(Value.FromString(ParentName), Value.FromString(span.Id!));
        if (span.TraceStateString is { Length: > 0 } state)
        {
            carrier.Set(Value.FromString(StateName), Value.FromString(state));
        }

        var body = new BodyWriter();
        body.Begin();
        JsonWriter.TryWrite(Value.FromObject(carrier), body, JsonWriterOptions.Message);
        return [.. body.TakeApart()];
    }

    /// <summary>Protocols spell names in their own ways: <c>Traceparent</c> is what HTTP makes of it.</summary>
    private static string? Member(Value carrier, string name)
    {
        if (carrier.IsObject)
        {
            foreach (Member member in carrier.Members)
            {
                if (string.Equals(member.Key.ToString(), name, StringComparison.OrdinalIgnoreCase))
                {
                    return member.Value.ToString();
                }
            }
        }

        return null;
    }
}
