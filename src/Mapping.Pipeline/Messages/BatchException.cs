namespace Mapping.Pipeline.Messages;

/// <summary>A write that failed, for all messages of the batch or for those it names; the others were written.</summary>
/// <param name="reason">One line.</param>
/// <param name="failures">By the position in the batch that was written; null when all failed.</param>
internal sealed class BatchException(string reason, IReadOnlyDictionary<int, string>? failures = null) : Exception(reason)
{
    public BatchException(IReadOnlyDictionary<int, string> failures)
        : this(failures.Values.FirstOrDefault() ?? "no message failed", failures)
    {
    }

    public IReadOnlyDictionary<int, string>? Failures { get; } = failures;

    /// <summary>The worst among the failures.</summary>
    public FailureKind Kind { get; init; } = (failures as WriteFailures)?.Kind ?? FailureKind.Ambiguous;

    /// <summary>Whether, and why, a message of the batch failed by the exception that its write ended with.</summary>
    public static bool Failed(Exception error, int index, out string reason)
    {
        reason = Rejection.Text(error);
        return error is not BatchException { Failures: { } known } || known.TryGetValue(index, out reason!);
    }
}
