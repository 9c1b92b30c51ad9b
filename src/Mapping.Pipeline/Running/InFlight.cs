using System.Globalization;

namespace Mapping.Pipeline.Running;

/// <summary>Counts what is under way, and where: read, being processed, being written.</summary>
internal sealed class InFlight
{
    private long read;
    private long begun;
    private long submitted;
    private long settled;
    private long held;

    public void Read() => Interlocked.Increment(ref read);

    public void Begun() => Interlocked.Increment(ref begun);

    /// <summary>Processing of a delivery ended; it went on to the output or was settled.</summary>
    public void Processed() => Interlocked.Increment(ref submitted);

    public void Settled() => Interlocked.Increment(ref settled);

    /// <summary>Messages were rejected, and wait to be delivered again.</summary>
    public void Hold(int count) => Interlocked.Add(ref held, count);

    /// <summary>They are delivered again.</summary>
    public void Release(int count) => Interlocked.Add(ref held, -count);

    public long ReadCount => Interlocked.Read(ref read);

    /// <summary>Deliveries that are not settled.</summary>
    public long Open => Interlocked.Read(ref read) - Interlocked.Read(ref settled);

    public bool IsAllWritten => Open == 0 && Interlocked.Read(ref held) == 0;

    /// <summary>As <c>2 deliveries not settled: ...</c>.</summary>
    public override string ToString()
    {
        var parts = new List<string>();
        if (Open > 0)
        {
            parts.Add(OpenText());
        }

        if (Interlocked.Read(ref held) is var rejected and > 0)
        {
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"{rejected} rejected messages that were to be delivered again"));
        }

        return string.Join(", and ", parts);
    }

    private string OpenText()
    {
        long waiting = Interlocked.Read(ref read) - Interlocked.Read(ref begun);
        long processing = Interlocked.Read(ref begun) - Interlocked.Read(ref submitted);
        long writing = Math.Max(0, Open - waiting - processing);
        return string.Create(CultureInfo.InvariantCulture, $"{Open} deliveries not settled: {waiting} before the processors, {processing} in them, {writing} at the output");
    }
}
