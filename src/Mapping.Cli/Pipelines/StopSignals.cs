using System.Runtime.InteropServices;

namespace Mapping.Cli.Pipelines;

/// <summary>
/// The first signal to stop ends a run in order, after the delay the configuration asks for; another one skips what is left of the delay,
/// or ends the process when there is none.
/// </summary>
internal sealed class StopSignals : IDisposable
{
    private readonly CancellationTokenSource stop = new();
    private readonly PosixSignalRegistration[] registrations;
    private int count;
    private int isSkipped;

    public StopSignals(TimeSpan delay)
    {
        registrations = [PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop), PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop)];

        void Stop(PosixSignalContext context)
        {
            if (Interlocked.Increment(ref count) == 1)
            {
                context.Cancel = true;
                stop.CancelAfter(delay);
            }
            else if (!stop.IsCancellationRequested && Interlocked.Exchange(ref isSkipped, 1) == 0)
            {
                context.Cancel = true;
                stop.Cancel();
            }
        }
    }

    public CancellationToken Token => stop.Token;

    /// <summary>As a signal would, without the delay.</summary>
    public void Stop() => stop.Cancel();

    public void Dispose()
    {
        foreach (PosixSignalRegistration registration in registrations)
        {
            registration.Dispose();
        }

        stop.Dispose();
    }
}
