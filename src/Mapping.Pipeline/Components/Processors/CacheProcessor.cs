using Mapping.Functions;
using Mapping.Pipeline.Config;
using Mapping.Pipeline.Contracts;
using Mapping.Pipeline.Graph;
using Mapping.Pipeline.Messages;

namespace Mapping.Pipeline.Components.Processors;

internal enum CacheOperator
{
    Set,
    Add,
    Get,
    Delete,
    Exists,
}

/// <param name="Resource">The label of the cache.</param>
/// <param name="Operator">What is done.</param>
/// <param name="Key">Made for every message.</param>
/// <param name="Value">What is stored.</param>
/// <param name="Lifetime">A duration; null for the cache's own.</param>
internal sealed record CacheOptions(string Resource, CacheOperator Operator, TextTemplate Key, TextTemplate? Value, TextTemplate? Lifetime);

/// <summary><c>cache</c>: an operation on a shared cache for every message.</summary>
internal sealed class CacheProcessor(CacheOptions options, IComponentContext context) : IProcessor
{
    private static readonly Field<string> Resource = Fields.Resource("resource", ComponentKind.Cache, "The label of the cache.");

    private static readonly Field<CacheOperator> Operator = Fields.Choice(
        "operator",
        "set stores the value; add stores it, and fails when the key is there; get puts the value in place of the body, and fails when the key is not there; delete removes it; exists puts true or false in place of the body.",
        ("set", CacheOperator.Set),
        ("add", CacheOperator.Add),
        ("get", CacheOperator.Get),
        ("delete", CacheOperator.Delete),
        ("exists", CacheOperator.Exists));

    private static readonly Field<TextTemplate> Key = Fields.Template("key", "The key.").Example("${! this.user.id }");
    private static readonly Field<TextTemplate> Value = Fields.Template("value", "What set and add store.").Optional().Example("${! content() }");
    private static readonly Field<TextTemplate> Ttl = Fields.Template("ttl", "How long the value lives, as a duration, where the cache allows that.").Optional().Advanced().Example("60s", "${! this.seconds }s");

    private readonly ICache cache = context.Resources.Cache(options.Resource);

    public static ComponentType Type { get; } = new ComponentType<IProcessor, CacheOptions>(
        ComponentKind.Processor,
        "cache",
        "Reads or writes a shared cache for every message.",
        new Shape<CacheOptions>(
            [Resource, Operator, Key, Value, Ttl],
            read => new CacheOptions(read.Get(Resource), read.Get(Operator), read.Get(Key), read.Get(Value), read.Get(Ttl)))
            .Rule(static (o, _) => o.Operator is CacheOperator.Set or CacheOperator.Add && o.Value is null ? new Breach("set and add need a value", Operator, "give value, such as ${! content() }") : null),
        static (options, context) => new CacheProcessor(options, context))
    {
        Description = "A message whose operation fails keeps its content; its error begins with `operator failed for key`. A missing key is an error of `get`, a key that is there one of `add`.",
        Example = """
            input:
              generate: { count: 1, interval: "", mapping: 'root.country = "de"' }
            pipeline:
              processors:
                - branch:
                    processors:
                      - cache: { resource: names, operator: get, key: "${! this.country }" }
                    result_map: root.name = content().string()
            output:
              drop: {}
            cache_resources:
              - label: names
                memory: { init_values: { de: Germany } }
            """,
    };

    public async ValueTask<Batches> ProcessAsync(Batch batch, CancellationToken cancellation)
    {
        Batch seen = batch.Count == 1 ? batch : batch.Copy();
        for (int i = 0; i < batch.Count; i++)
        {
            if (!options.Key.TryResolve(seen, i, out string? key, out string? error))
            {
                batch[i].Error = new MessageError($"the key of the cache failed: {error}");
                continue;
            }

            string? failure;
            try
            {
                failure = await OperateAsync(key, batch[i], seen, i, cancellation).ConfigureAwait(false);
            }
#pragma warning disable CA1031 // Whatever a cache throws is the failure of the message.
            catch (Exception thrown) when (thrown is not OperationCanceledException)
#pragma warning restore CA1031
            {
                failure = thrown.Message;
            }

            if (failure is not null)
            {
                batch[i].Error = new MessageError($"operator failed for key '{key}': {failure}");
            }
        }

        return batch;
    }

    /// <summary>Why it failed; null when it did not.</summary>
    private async ValueTask<string?> OperateAsync(string key, Message message, Batch seen, int index, CancellationToken cancellation)
    {
        switch (options.Operator)
        {
            case CacheOperator.Get:
                if (await cache.GetAsync(key, cancellation).ConfigureAwait(false) is not { } found)
                {
                    return "key not found";
                }

                message.Body = found;
                return null;
            case CacheOperator.Delete:
                await cache.DeleteAsync(key, cancellation).ConfigureAwait(false);
                return null;
            case CacheOperator.Exists:
                message.Body = await ExistsAsync(key, cancellation).ConfigureAwait(false) ? "true"u8.ToArray() : "false"u8.ToArray();
                return null;
            default:
                return await StoreAsync(key, seen, index, cancellation).ConfigureAwait(false);
        }
    }

    private async ValueTask<bool> ExistsAsync(string key, CancellationToken cancellation)
    {
        try
        {
            return await cache.GetAsync(key, cancellation).ConfigureAwait(false) is not null;
        }
#pragma warning disable CA1031 // A cache that cannot be asked does not have the key.
        catch (Exception error) when (error is not OperationCanceledException)
#pragma warning restore CA1031
        {
            context.Log.Write(LogLevel.Error, $"whether the cache has the key '{key}' cannot be told, which counts as no: {error.Message}");
            return false;
        }
    }

    private async ValueTask<string?> StoreAsync(string key, Batch seen, int index, CancellationToken cancellation)
    {
        if (!options.Value!.TryResolve(seen, index, out byte[]? value, out string? error))
        {
            return $"its value failed: {error}";
        }

        TimeSpan? lifetime = null;
        if (options.Lifetime is not null)
        {
            if (!options.Lifetime.TryResolve(seen, index, out string? text, out error))
            {
                return $"its ttl failed: {error}";
            }

            if (!DurationType.TryParse(text, out TimeSpan given))
            {
                return $"its ttl \"{text}\" is no duration";
            }

            lifetime = given;
        }

        if (options.Operator == CacheOperator.Set)
        {
            await cache.SetAsync(key, value, lifetime, cancellation).ConfigureAwait(false);
            return null;
        }

        return await cache.AddAsync(key, value, lifetime, cancellation).ConfigureAwait(false) ? null : "key already exists";
    }
}
