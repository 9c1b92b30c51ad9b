using System.Diagnostics;
using Mapping.Functions;

namespace Mapping.Pipeline.Messages;

/// <summary>
/// Where a message comes from: its position in the delivery it travels with. Copies and results of processors carry it on, so that
/// a failure is told to the right delivery. A message without one was made on the way, and a failure of it is one of all.
/// </summary>
/// <param name="Source">The delivery.</param>
/// <param name="Index">The position in the batch as it was delivered.</param>
/// <param name="Responses">Where answers for the caller are kept; null when nobody waits for one.</param>
/// <param name="TakesError">The message was sent this way because it carries an error: outputs write it like any other.</param>
/// <param name="Span">The span of the message's way; null when nobody traces it.</param>
/// <param name="Holds">How many messages it was made of, for counting what is written.</param>
internal sealed record Trail(Delivery? Source, int Index, ResponseStore? Responses = null, bool TakesError = false, Activity? Span = null, int Holds = 1) : ITraced
{
    /// <summary>The message is on its way to where those are laid aside that could not be written.</summary>
    public bool IsDeadLetter { get; init; }

    public string? TraceParent => Span?.Id;

    public string? TraceState => Span?.TraceStateString;

    public static Trail? Of(Message message) => message.Attachment as Trail;

    /// <summary>From here on the error of the message is known and no reason to refuse it.</summary>
    public static void AcceptError(Message message) =>
        message.Attachment = Of(message) is { } trail ? trail with { TakesError = true } : new Trail(null, 0, TakesError: true);
}
