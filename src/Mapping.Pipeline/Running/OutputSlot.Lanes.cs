using Mapping.Pipeline.Messages;

namespace Mapping.Pipeline.Running;

/// <content>How messages are written that a lane has gathered.</content>
internal sealed partial class OutputSlot
{
    /// <summary>For a lane, which gathers its own batches; null when they are written as they come.</summary>
    public BatchRule? CreateRule() => Gathering.Count > 0 ? new BatchRule(Gathering, context, isCounted: Policy is not null) : null;

    /// <summary>Writes a delivery that was grouped already, and returns when it is settled; when it is not, the run was cut off.</summary>
    public async ValueTask WriteGroupedAsync(Delivery delivery, Batch batch, CancellationToken cancellation)
    {
        await gate.WaitAsync(cancellation).ConfigureAwait(false);
        if (batcher is null)
        {
            await WriteThroughGateAsync(delivery, batch, cancellation).ConfigureAwait(false);
        }
        else
        {
            await batcher.ProcessAndWriteAsync(delivery, batch, cancellation).ConfigureAwait(false);
        }

        cancellation.ThrowIfCancellationRequested();
    }

    /// <summary>
    /// What a lane gathered waits for nothing more: the lane may have nothing else to send before it is written. It is cut where processors
    /// on the way have made too much of it. When a batch fails, those behind it are not tried, so that they do not pass what is to be written
    /// again; unless only some of it failed, and those for good: they hold up nobody.
    /// </summary>
    private async ValueTask WriteGatheredAsync(Delivery delivery, CancellationToken cancellation)
    {
        var cutter = new BatchCutter(new BatchRule(Policy!, context));
        List<Cut> cuts = cutter.Add(delivery, delivery.Messages);
        if (cutter.Waiting > 0)
        {
            cuts.Add(cutter.Close("period"));
        }

        Rejection? ending = null;
        foreach (Cut cut in cuts)
        {
            Delivery part = cut.Sources[0];
            if (ending is not null)
            {
                await part.SettleAsync(ending).ConfigureAwait(false);
                continue;
            }

            part.Observer = (_, rejection) => ending = rejection is null or { IsWhole: false, Kind: FailureKind.Permanent } ? null : new Rejection(rejection.Reason) { Kind = rejection.Kind };
            await WriteGroupedAsync(part, cut.Batch, cancellation).ConfigureAwait(false);
        }
    }
}
