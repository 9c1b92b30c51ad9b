namespace Mapping.Pipeline.Components;

/// <summary>Waits for a time that somebody has configured, which may be longer than a timer can be.</summary>
internal static class LongPause
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(30);

    public static async Task WaitAsync(TimeSpan pause, TimeProvider clock, CancellationToken cancellation)
    {
        for (; pause > Longest; pause -= Longest)
        {
            await Task.Delay(Longest, clock, cancellation).ConfigureAwait(false);
        }

        await Task.Delay(pause, clock, cancellation).ConfigureAwait(false);
    }
}
