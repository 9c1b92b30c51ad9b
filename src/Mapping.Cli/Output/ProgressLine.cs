using System.Diagnostics;
using System.Globalization;

namespace Mapping.Cli.Output;

/// <summary>One line on a terminal that tells how far reading the files has come.</summary>
internal sealed class ProgressLine(TextWriter terminal, long total)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    private readonly Stopwatch watch = Stopwatch.StartNew();
    private TimeSpan next = Pause;
    private long read;
    private bool isShown;

    public void Add(long bytes)
    {
        read += bytes;
        TimeSpan now = watch.Elapsed;
        if (now < next)
        {
            return;
        }

        next = now + Pause;
        isShown = true;
        double perSecond = read / Math.Max(now.TotalSeconds, 0.001);
        string rest = total > read && perSecond > 0 ? $", {TimeSpan.FromSeconds((total - read) / perSecond):mm\\:ss} left" : string.Empty;
        terminal.Write(string.Create(
            CultureInfo.InvariantCulture, $"\r\u001b[K{read / 1e6:0.0} of {total / 1e6:0.0} MB, {perSecond / 1e6:0.0} MB/s{rest}"));
    }

    /// <summary>Clears the line.</summary>
    public void End()
    {
        if (isShown)
        {
            terminal.Write("\r\u001b[K");
        }
    }
}
