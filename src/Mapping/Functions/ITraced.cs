namespace Mapping.Functions;

/// <summary>What a host ties to messages whose way is traced.</summary>
internal interface ITraced
{
    /// <summary>The span of the message as W3C trace context writes it, <c>00-trace-span-flags</c>; null when it has none.</summary>
    string? TraceParent { get; }

    /// <summary>What else travels with it; null or empty for nothing.</summary>
    string? TraceState { get; }
}
