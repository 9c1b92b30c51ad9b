namespace Mapping.Cli.Exec;

/// <summary>While it lives, an interruption from the keyboard cleans up before the process ends.</summary>
internal sealed class InterruptGuard : IDisposable
{
    private readonly Action cleanUp;

    public InterruptGuard(Action cleanUp)
    {
        this.cleanUp = cleanUp;
        Console.CancelKeyPress += OnInterrupt;
    }

    public void Dispose() => Console.CancelKeyPress -= OnInterrupt;

    private void OnInterrupt(object? sender, ConsoleCancelEventArgs arguments) => cleanUp();
}
