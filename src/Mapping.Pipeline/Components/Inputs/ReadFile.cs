using System.Globalization;
using Mapping.Functions;
using Mapping.Pipeline.Contracts;
using Mapping.Pipeline.Messages;
using Mapping.Values;

namespace Mapping.Pipeline.Components.Inputs;

/// <summary>A file being read, and what of it is written.</summary>
internal sealed class ReadFile : ISettler, IAsyncDisposable
{
    private readonly string path;
    private readonly IScan scan;
    private readonly long start;
    private readonly long size;
    private readonly FileCursor? cursor;
    private readonly bool isDeleted;
    private readonly Watermark watermark;
    private readonly Value metadata;
    private long ordinal;
    private volatile bool isFinished;

    public ReadFile(string path, IScan scan, long start, long size, FileCursor? cursor, bool isDeleted)
    {
        this.path = path;
        this.scan = scan;
        this.start = start;
        this.size = size;
        this.cursor = cursor;
        this.isDeleted = isDeleted;
        watermark = new Watermark(start);
        metadata = Metadata(path);
    }

    /// <summary>Its messages may be delivered as loose ones.</summary>
    public bool IsLoose { get; init; }

    public ValueTask<Delivery?> NextAsync(CancellationToken cancellation)
    {
        ValueTask<Batch?> next = IsLoose ? scan.NextLooseAsync(cancellation) : scan.NextAsync(cancellation);
        return next.IsCompletedSuccessfully ? ValueTask.FromResult(Deliver(next.Result)) : DeliverAsync(next);
    }

    private async ValueTask<Delivery?> DeliverAsync(ValueTask<Batch?> next) => Deliver(await next.ConfigureAwait(false));

    private Delivery? Deliver(Batch? batch)
    {
        if (batch is null)
        {
            return null;
        }

        for (int i = 0; i < batch.Count; i++)
        {
            Message message = batch[i];
            if (message.MetadataObject.IsObject)
            {
                foreach (Member member in metadata.Members)
                {
                    MetadataValues.Set(message, member.Key.AsHostString(), member.Value);
                }
            }
            else
            {
                message.MetadataObject = metadata;
            }
        }

        // A stream that can only be read from its start has no positions within; ordinals keep the order until its end.
        long position = scan.Position is { } read ? start + read : ++ordinal;
        watermark.Read(position);
        return new Delivery(batch, this, position);
    }

    /// <summary>Every message is read; those under way are still to be settled.</summary>
    public async ValueTask FinishAsync()
    {
        await scan.DisposeAsync().ConfigureAwait(false);
        isFinished = true;
        CommitEnd();
    }

    public ValueTask SettleAsync(Delivery delivery, Rejection? rejection)
    {
        long committed = watermark.Settle(delivery.Position);
        if (scan.Position is not null)
        {
            cursor?.Commit(path, committed);
        }

        if (isFinished)
        {
            CommitEnd();
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => scan.DisposeAsync();

    private void CommitEnd()
    {
        if (watermark.Open > 0)
        {
            return;
        }

        cursor?.Commit(path, scan.Position is { } read ? start + read : size);
        if (isDeleted)
        {
            File.Delete(path);
        }
    }

    private static Value Metadata(string path)
    {
        DateTime changed = File.GetLastWriteTimeUtc(path);
        var values = new ObjectNode();
        values.AddNew(Value.FromString("path"), Value.FromString(path));
        values.AddNew(Value.FromString("mod_time_unix"), Value.FromInt64(new DateTimeOffset(changed).ToUnixTimeSeconds()));
        values.AddNew(Value.FromString("mod_time"), Value.FromString(changed.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture)));
        return Value.FromObject(values).Frozen();
    }
}
