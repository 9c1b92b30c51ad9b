using System.Runtime.InteropServices;

namespace Mapping.Cli.Pipelines;

/// <summary>The first signal to stop ends a run in order, after the delay the configuration asks for; the second ends the process.</summary>
internal sealed class StopSignals : IDisposable
{
    private readonly CancellationTokenSource stop = new();
    private readonly PosixSignalRegistration[] registrations;
    private int count;

    public StopSignals(TimeSpan delay)
    {
        registrations = [.. new[] { PosixSignal.SIGINT, PosixSignal.SIGTERM }.Select(signal => PosixSignalRegistration.Create(signal, context =>
        {
            context.Cancel = Interlocked.Increment(ref count) == 1;
            if (context.Cancel)
            {
                stop.CancelAfter(delay);
            }
        }))];
    }

    public CancellationToken Token => stop.Token;

    public void Dispose()
    {
        foreach (PosixSignalRegistration registration in registrations)
        {
            registration.Dispose();
        }

        stop.Dispose();
    }
}
