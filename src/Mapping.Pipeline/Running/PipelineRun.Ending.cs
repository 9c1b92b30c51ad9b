using System.Globalization;

namespace Mapping.Pipeline.Running;

/// <content>How a run ends, and what it leaves behind.</content>
internal sealed partial class PipelineRun
{
    /// <summary>How long what was read may take to be finished at least, before another run takes the place of this one.</summary>
    private static readonly TimeSpan ChangeTimeout = TimeSpan.FromSeconds(30);

    /// <summary>The last part of the time, for what ends when it is cut off.</summary>
    private const double LastPart = 0.25;

    /// <summary>Whether somebody was told that messages are taken that are in memory only.</summary>
    public bool HoldsAcknowledged => buffer is null ? services.AcknowledgesEarly : !buffer.IsDurable;

    /// <summary>Messages of a buffer that are acknowledged, and gone with this run.</summary>
    private long LostCount => buffer?.LostCount ?? 0;

    private bool IsAllWritten => inFlight.IsAllWritten && LostCount == 0;

    /// <summary>Runs to the natural end of the input, or until the token stops the reading; what was read is finished either way.</summary>
    /// <inheritdoc cref="RunAsync(CancellationToken, CancellationToken)"/>
    public Task<bool> RunAsync(CancellationToken stop) => RunAsync(CancellationToken.None, stop);

    /// <summary>As <see cref="RunAsync(CancellationToken)"/>, or until another run is to take its place.</summary>
    /// <param name="change">
    /// Stops reading and closes partial batches at once. What was read is finished in 30 seconds or the time of a stop, whichever is
    /// longer; and however long it takes where it is acknowledged already.
    /// </param>
    /// <param name="stop">Stops reading too, and cuts off what takes longer than the configuration allows from then on.</param>
    /// <returns>
    /// False when not all that was read is written, because a stop took longer than it may or came before a rejected message was written
    /// after all; what is unfinished is not settled, and delivered again by the source.
    /// </returns>
    public async Task<bool> RunAsync(CancellationToken change, CancellationToken stop)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(change, stop);
        using CancellationTokenRegistration hurrying = ending.Token.Register(hurry.Cancel);
        Task work = WorkAsync(ending.Token);
        if (await Task.WhenAny(work, Task.Delay(Timeout.InfiniteTimeSpan, ending.Token)).ConfigureAwait(false) != work)
        {
            TimeSpan patience = graph.Shutdown.Timeout;
            bool isEnded = false;
            if (!stop.IsCancellationRequested)
            {
                TimeSpan longer = patience > ChangeTimeout ? patience : ChangeTimeout;
                isEnded = await EndsWithinAsync(work, HoldsAcknowledged ? null : longer * (1 - LastPart), stop).ConfigureAwait(false);
            }

            if (!isEnded && stop.IsCancellationRequested)
            {
                isEnded = await EndsWithinAsync(work, patience * (1 - LastPart), CancellationToken.None).ConfigureAwait(false);
            }

            if (!isEnded)
            {
                await cutOff.CancelAsync().ConfigureAwait(false);
                if (!await EndsWithinAsync(work, patience * LastPart, CancellationToken.None).ConfigureAwait(false))
                {
                    return false;
                }
            }
        }

        await work.ConfigureAwait(false);
        return IsAllWritten;
    }

    /// <summary>What was not written when it ended and what becomes of it, as in <c>2 deliveries not settled: ...; none of it is acknowledged, ...</c>.</summary>
    public string TellUnwritten()
    {
        if (LostCount is var lost and > 0)
        {
            return string.Create(CultureInfo.InvariantCulture, $"{lost} messages in its buffer, which are lost: they were acknowledged when the buffer took them");
        }

        return HoldsAcknowledged
            ? $"{inFlight}; what an input answered for before it was written is lost, the rest is not acknowledged"
            : $"{inFlight}; none of it is acknowledged, so that a source that can delivers it again";
    }

    /// <param name="work">What is waited for.</param>
    /// <param name="time">Null for as long as it takes.</param>
    /// <param name="impatience">Ends the wait.</param>
    private async Task<bool> EndsWithinAsync(Task work, TimeSpan? time, CancellationToken impatience)
    {
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(impatience);
        Task delay = time is { } bound ? Task.Delay(bound, services.Clock, waiting.Token) : Task.Delay(Timeout.InfiniteTimeSpan, waiting.Token);
        Task first = await Task.WhenAny(work, delay).ConfigureAwait(false);
        await waiting.CancelAsync().ConfigureAwait(false);
        return first == work;
    }
}
