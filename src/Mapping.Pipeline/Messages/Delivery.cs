using Mapping.Functions;

namespace Mapping.Pipeline.Messages;

/// <summary>
/// A batch under way together with the duty to say, exactly once, what became of it. Inputs create deliveries, the runner settles
/// them; one that is never settled is delivered again by the source.
/// </summary>
/// <param name="messages">Owned by the delivery from now on.</param>
/// <param name="settler">Told the outcome; null when nobody wants to know.</param>
/// <param name="position">Anything the settler knows the delivery by, such as an offset.</param>
/// <param name="responses">Where processors and outputs may leave an answer.</param>
internal sealed class Delivery(Batch messages, ISettler? settler = null, long position = 0, ResponseStore? responses = null)
{
    private Trail?[]? outer;
    private List<Func<Rejection, ValueTask>>? undos;
    private int isSettled;

    /// <summary>As they were delivered; processors may have changed them since.</summary>
    public Batch Messages { get; } = messages;

    public long Position { get; } = position;

    /// <summary>Where answers for the caller are kept; null when nobody waits for one.</summary>
    public ResponseStore? Responses { get; } = responses;

    /// <summary>Told the outcome before the settler is.</summary>
    public Action<Delivery, Rejection?>? Observer { get; set; }

    /// <summary>Told the outcome by the input's own delivery, when the source is; null when nobody measures it.</summary>
    public IDeliveryWatch? Watch { get; set; }

    /// <summary>What is rejected of it must not be delivered again here: its source has given it up.</summary>
    public bool IsAbandoned => settler?.IsAbandoned ?? false;

    /// <summary>When it was read, for the watch.</summary>
    public long ReadAt { get; set; }

    /// <summary>A delivery whose outcome goes to a callback.</summary>
    public static Delivery To(Batch messages, Func<Rejection?, ValueTask> settled) => new(messages, new Callback(settled));

    /// <summary>From now on the messages know that they belong to this delivery. Done once, by whoever sends them on their way.</summary>
    public Delivery Track()
    {
        for (int i = 0; i < Messages.Count; i++)
        {
            Message message = Messages[i];
            Trail? known = Trail.Of(message);
            if (known is not null)
            {
                (outer ??= new Trail?[Messages.Count])[i] = known;
            }

            message.Attachment = new Trail(this, i, Responses ?? known?.Responses, known?.TakesError ?? false, known?.Span, known?.Holds ?? 1) { IsDeadLetter = known?.IsDeadLetter ?? false };
        }

        return this;
    }

    /// <summary>Where a message came from before this delivery took it; null when it was new.</summary>
    public Trail? OuterTrail(int index) => outer?[index];

    /// <summary>
    /// What a message left behind on its way is taken back when it is rejected, before it is delivered again: it must not be taken for
    /// a repetition of itself then.
    /// </summary>
    public static void OnRejection(Message message, Func<ValueTask> undo)
    {
        if (Trail.Of(message) is { Source: { } source } trail)
        {
            List<Func<Rejection, ValueTask>> undos = LazyInitializer.EnsureInitialized(ref source.undos);
            lock (undos)
            {
                undos.Add(rejection => rejection.Failed(trail.Index) ? undo() : ValueTask.CompletedTask);
            }
        }
    }

    /// <exception cref="InvalidOperationException">It was settled before.</exception>
    public ValueTask SettleAsync(Rejection? rejection)
    {
        if (Interlocked.Exchange(ref isSettled, 1) == 1)
        {
            throw new InvalidOperationException("a delivery was settled twice");
        }

        return rejection is not null && undos is not null ? UndoAndSettleAsync(rejection) : FinishAsync(rejection);
    }

    private async ValueTask UndoAndSettleAsync(Rejection rejection)
    {
        foreach (Func<Rejection, ValueTask> undo in undos!)
        {
            await undo(rejection).ConfigureAwait(false);
        }

        await FinishAsync(rejection).ConfigureAwait(false);
    }

    private ValueTask FinishAsync(Rejection? rejection)
    {
        Observer?.Invoke(this, rejection);
        Watch?.Settled(this, rejection);
        return settler?.SettleAsync(this, rejection) ?? ValueTask.CompletedTask;
    }

    /// <summary>What a failed write of <paramref name="written"/>, which became of this delivery, means for its own messages.</summary>
    public Rejection Reject(Batch written, Exception error)
    {
        string reason = Rejection.Text(error);
        var failures = new Dictionary<int, string>();
        int failed = 0;
        for (int i = 0; i < written.Count; i++)
        {
            if (!BatchException.Failed(error, i, out string own))
            {
                continue;
            }

            failed++;

            if (Trail.Of(written[i]) is not { } trail || trail.Source != this)
            {
                return new Rejection(own) { Kind = FailureKinds.Of(error) };
            }

            failures.TryAdd(trail.Index, own);
        }

        return new Rejection(reason, failures.Count == Messages.Count && error is not BatchException ? null : failures) { Kind = FailureKinds.Of(error), IsWhole = failed == written.Count };
    }

    private sealed class Callback(Func<Rejection?, ValueTask> settled) : ISettler
    {
        public ValueTask SettleAsync(Delivery delivery, Rejection? rejection) => settled(rejection);
    }
}
