using System.Globalization;

namespace Mapping.Pipeline.Running;

/// <summary>Counts what is under way, and where: read, being processed, being written.</summary>
internal sealed class InFlight
{
    private long read;
    private long begun;
    private long submitted;
    private long settled;

    public void Read() => Interlocked.Increment(ref read);

    public void Begun() => Interlocked.Increment(ref begun);

    /// <summary>Processing of a delivery ended; it went on to the output or was settled.</summary>
    public void Processed() => Interlocked.Increment(ref submitted);

    public void Settled() => Interlocked.Increment(ref settled);

    public long ReadCount => Interlocked.Read(ref read);

    /// <summary>Deliveries that are not settled.</summary>
    public long Open => Interlocked.Read(ref read) - Interlocked.Read(ref settled);

    public override string ToString()
    {
        long waiting = Interlocked.Read(ref read) - Interlocked.Read(ref begun);
        long processing = Interlocked.Read(ref begun) - Interlocked.Read(ref submitted);
        long writing = Math.Max(0, Open - waiting - processing);
        return string.Create(CultureInfo.InvariantCulture, $"{Open} deliveries not settled: {waiting} before the processors, {processing} in them, {writing} at the output");
    }
}
