using Mapping.Functions;
using Mapping.Pipeline.Config;
using Mapping.Pipeline.Contracts;
using Mapping.Pipeline.Graph;
using Mapping.Pipeline.Messages;

namespace Mapping.Pipeline.Components.Processors;

/// <param name="Cache">The label of the cache.</param>
/// <param name="Key">Two messages with the same one are the same.</param>
/// <param name="DropsOnError">A message that cannot be judged is dropped, instead of failing.</param>
internal sealed record DedupeOptions(string Cache, TextTemplate Key, bool DropsOnError);

/// <summary><c>dedupe</c>: of messages with the same key only the first passes.</summary>
internal sealed class DedupeProcessor(DedupeOptions options, IComponentContext context) : IProcessor
{
    private static readonly Field<string> Cache = Fields.Resource("cache", ComponentKind.Cache, "The label of the cache that keeps the keys, for as long as its values live.");
    private static readonly Field<TextTemplate> Key = Fields.Template("key", "Messages with the same key are the same.").Example("${! @kafka_key }", "${! content().hash(\"xxhash64\") }");

    private static readonly Field<bool> DropsOnError =
        Fields.Bool("drop_on_err", "Drop a message when its key cannot be made or the cache fails; false lets it pass, flagged as failed.").Default("true").Advanced();

    private static readonly byte[] Mark = "t"u8.ToArray();

    private readonly ICache cache = context.Resources.Cache(options.Cache);

    public static ComponentType Type { get; } = new ComponentType<IProcessor, DedupeOptions>(
        ComponentKind.Processor,
        "dedupe",
        "Drops messages whose key was seen before.",
        new Shape<DedupeOptions>([Cache, Key, DropsOnError], read => new DedupeOptions(read.Get(Cache), read.Get(Key), read.Get(DropsOnError))),
        static (options, context) => new DedupeProcessor(options, context))
    {
        Description = """
            A key is stored before its message is written. When the message is rejected, its key is removed again, so that it is not taken
            for a duplicate when it is delivered again. After a crash that cannot be: with a cache that outlives the process, a message
            that was not written yet is taken for a duplicate when the source sends it again. Where that must not happen, use a cache in
            memory.

            Dropped messages are counted as `messages_dropped` with the reason `dedupe`, or `dedupe_error` for those that could not be judged.
            """,
        Example = """
            input:
              generate: { count: 10, interval: "", mapping: root.id = counter() % 3 }
            pipeline:
              threads: 1
              processors:
                - dedupe: { cache: seen, key: "${! this.id }" }
            output:
              drop: {}
            cache_resources:
              - label: seen
                lru: { cap: 100000 }
            """,
    };

    public async ValueTask<Batches> ProcessAsync(Batch batch, CancellationToken cancellation)
    {
        var kept = new List<Message>(batch.Count);
        int repeated = 0;
        for (int i = 0; i < batch.Count; i++)
        {
            (bool isNew, string? failure) = await NoteAsync(batch, i, cancellation).ConfigureAwait(false);
            if (failure is not null && options.DropsOnError)
            {
                context.Log.Write(LogLevel.Error, $"a message is dropped: {failure}");
                context.Dropped(1, "dedupe_error");
            }
            else if (failure is not null)
            {
                batch[i].Error = new MessageError(failure);
                kept.Add(batch[i]);
            }
            else if (isNew)
            {
                kept.Add(batch[i]);
            }
            else
            {
                repeated++;
            }
        }

        context.Dropped(repeated, "dedupe");
        return kept.Count == batch.Count ? batch : Batch.Of(kept);
    }

    private async ValueTask<(bool IsNew, string? Failure)> NoteAsync(Batch batch, int index, CancellationToken cancellation)
    {
        if (!options.Key.TryResolve(batch, index, out string? key, out string? error))
        {
            return (false, $"the key of dedupe failed: {error}");
        }

        try
        {
            bool isNew = await cache.AddAsync(key, Mark, null, cancellation).ConfigureAwait(false);
            if (isNew)
            {
                Delivery.OnRejection(batch[index], () => ForgetAsync(key));
            }

            return (isNew, null);
        }
#pragma warning disable CA1031 // Whatever a cache throws is the failure of the message.
        catch (Exception thrown) when (thrown is not OperationCanceledException)
#pragma warning restore CA1031
        {
            return (false, $"the cache failed for key '{key}': {thrown.Message}");
        }
    }

    private async ValueTask ForgetAsync(string key)
    {
        try
        {
            await cache.DeleteAsync(key, CancellationToken.None).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // The rejection must go on its way.
        catch (Exception error)
#pragma warning restore CA1031
        {
            context.Log.Write(LogLevel.Error, $"the key '{key}' of a rejected message stays in the cache, and the message will be taken for a duplicate: {error.Message}");
        }
    }
}
