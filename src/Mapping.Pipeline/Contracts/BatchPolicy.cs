namespace Mapping.Pipeline.Contracts;

/// <summary>When a batch that is being filled is closed; the first condition that holds does it.</summary>
/// <param name="Count">Messages, 0 for no bound.</param>
/// <param name="ByteSize">Bytes of the bodies, 0 for no bound; the last message may exceed it.</param>
/// <param name="Period">Time since the last one was closed; null for no bound.</param>
/// <param name="Check">Closes the batch after the message for which it is true; null for none.</param>
/// <param name="Processors">Run on the closed batch; all they make of it goes on as one.</param>
internal sealed record BatchPolicy(
    int Count = 0,
    long ByteSize = 0,
    TimeSpan? Period = null,
    CompiledMapping? Check = null,
    IReadOnlyList<ComponentPlan<IProcessor>>? Processors = null)
{
    public bool HasTrigger => Count > 1 || ByteSize > 0 || Period is not null || Check is not null;

    /// <summary>False for a policy that leaves batches as they are.</summary>
    public bool IsActive => HasTrigger || Processors is { Count: > 0 };
}
