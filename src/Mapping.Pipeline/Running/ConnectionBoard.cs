using System.Collections.Concurrent;

namespace Mapping.Pipeline.Running;

/// <summary>How the connections of a run are.</summary>
internal sealed class ConnectionBoard
{
    private readonly ConcurrentQueue<Connecting> connections = new();

    public void Add(Connecting connection) => connections.Enqueue(connection);

    /// <summary>Connections that were tried; an output that is used only when another one fails may never be.</summary>
    public IReadOnlyList<ConnectionStatus> Statuses() =>
        [.. connections.Where(c => c.WasTried).Select(c => c.Status).OrderBy(s => s.Path, StringComparer.Ordinal)];

    /// <summary>Whether all that was tried is connected, and the input and the output were.</summary>
    public bool AreReady() => connections.All(c => c.IsConnected || (!c.WasTried && !IsRoot(c.Status.Path)));

    private static bool IsRoot(string path) => path is "root.input" or "root.output";
}

/// <param name="Label">Empty without one.</param>
/// <param name="Path">As in <c>root.output</c>.</param>
/// <param name="IsConnected">Whether it is.</param>
/// <param name="Problem">Why it is not; null while all is well.</param>
internal sealed record ConnectionStatus(string Label, string Path, bool IsConnected, string? Problem);
