using System.Runtime.InteropServices;

namespace Mapping.Cli.Exec;

/// <summary>While it lives, a signal that ends the process cleans up first.</summary>
internal sealed class InterruptGuard : IDisposable
{
    private readonly PosixSignalRegistration[] registrations;

    public InterruptGuard(Action cleanUp)
    {
        PosixSignal[] signals = OperatingSystem.IsWindows()
            ? [PosixSignal.SIGINT, PosixSignal.SIGTERM]
            : [PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP];
        registrations = [.. signals.Select(signal => PosixSignalRegistration.Create(signal, _ => cleanUp()))];
    }

    public void Dispose()
    {
        foreach (PosixSignalRegistration registration in registrations)
        {
            registration.Dispose();
        }
    }
}
