using System.Globalization;

namespace Mapping.Pipeline.Messages;

/// <summary>Why a delivery was not written: the nack.</summary>
/// <param name="Reason">One line.</param>
/// <param name="Failures">
/// Which messages failed and why, by their position in the delivery; the others are done. Null when that cannot be told, and all failed.
/// </param>
internal sealed record Rejection(string Reason, IReadOnlyDictionary<int, string>? Failures = null)
{
    /// <summary>The text an output or processor failed with.</summary>
    public static string Text(Exception error) => error is AggregateException { InnerException: { } inner } ? Text(inner) : error.Message;

    /// <summary>The worst among the failures.</summary>
    public FailureKind Kind { get; init; } = FailureKind.Ambiguous;

    /// <summary>Nothing of what was tried was written.</summary>
    public bool IsWhole { get; init; } = Failures is null;

    public bool Failed(int index) => Failures is null || Failures.ContainsKey(index);

    public string ReasonOf(int index) => Failures is not null && Failures.TryGetValue(index, out string? own) ? own : Reason;

    /// <summary>The way back to whoever wrote the messages.</summary>
    public BatchException ToException() => new(Reason, Failures) { Kind = Kind };

    public override string ToString() => Failures is { Count: > 1 } ? string.Create(CultureInfo.InvariantCulture, $"{Failures.Count} messages failed: {Reason}") : Reason;
}
