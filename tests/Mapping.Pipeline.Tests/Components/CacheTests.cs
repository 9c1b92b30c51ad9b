using System.Text;
using Mapping.Pipeline.Components.Caches;
using Mapping.Pipeline.Contracts;
using Mapping.Pipeline.Graph;
using Mapping.Pipeline.Observability;
using Mapping.Pipeline.Running;

namespace Mapping.Pipeline.Tests.Components;

public class CacheTests
{
    private readonly TestClock clock = new();

    private ICache Make(string yaml)
    {
        PipelineGraph graph = PipelineTest.Read($"cache_resources:\n  - label: c\n    {yaml}\n");
        var resources = new Mapping.Pipeline.Running.Resources(graph);
        resources.Services = new RunServices
        {
            Log = new TextLog(TextWriter.Null, graph.Logger, clock),
            Clock = clock,
            Streams = null!,
            Resources = resources,
            Errors = graph.Errors,
        };
        return resources.Cache("c");
    }

    private static async Task<string?> GetAsync(ICache cache, string key) =>
        await cache.GetAsync(key, default) is { } value ? Encoding.UTF8.GetString(value.Span) : null;

    private static ValueTask SetAsync(ICache cache, string key, TimeSpan? lifetime = null) => cache.SetAsync(key, Encoding.UTF8.GetBytes(key.ToUpperInvariant()), lifetime, default);

    private static ValueTask<bool> AddAsync(ICache cache, string key) => cache.AddAsync(key, "added"u8.ToArray(), null, default);

    [Theory]
    [InlineData("memory: {}")]
    [InlineData("memory: { shards: 7 }")]
    [InlineData("lru: {}")]
    [InlineData("lru: { algorithm: arc }")]
    [InlineData("lru: { algorithm: two_queues }")]
    [InlineData("ttlru: {}")]
    public async Task A_value_is_set_added_once_and_deleted(string yaml)
    {
        ICache cache = Make(yaml);
        Assert.Null(await GetAsync(cache, "a"));
        Assert.True(await AddAsync(cache, "a"));
        Assert.False(await AddAsync(cache, "a"));
        Assert.Equal("added", await GetAsync(cache, "a"));
        await SetAsync(cache, "a");
        Assert.Equal("A", await GetAsync(cache, "a"));
        await cache.DeleteAsync("a", default);
        await cache.DeleteAsync("a", default);
        Assert.Null(await GetAsync(cache, "a"));
        Assert.True(await AddAsync(cache, "a"));
    }

    [Theory]
    [InlineData("memory: { default_ttl: 10s, init_values: { x: y } }")]
    [InlineData("ttlru: { default_ttl: 10s, init_values: { x: y } }")]
    [InlineData("ttlru: { ttl: 10s, init_values: { x: y } }")]
    public async Task A_value_expires_but_those_it_begins_with_do_not(string yaml)
    {
        ICache cache = Make(yaml);
        await SetAsync(cache, "a");
        clock.Advance(TimeSpan.FromSeconds(9));
        Assert.Equal("A", await GetAsync(cache, "a"));
        Assert.False(await AddAsync(cache, "a"));
        clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Null(await GetAsync(cache, "a"));
        Assert.True(await AddAsync(cache, "a"));
        clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal("y", await GetAsync(cache, "x"));
    }

    [Fact]
    public async Task Memory_takes_a_time_to_live_of_its_own_for_each_value()
    {
        ICache cache = Make("memory: { default_ttl: 10s }");
        await SetAsync(cache, "a", TimeSpan.FromSeconds(20));
        await SetAsync(cache, "b", TimeSpan.FromSeconds(5));
        clock.Advance(TimeSpan.FromSeconds(15));
        Assert.Equal("A", await GetAsync(cache, "a"));
        Assert.Null(await GetAsync(cache, "b"));
    }

    [Fact]
    public async Task Memory_keeps_everything_without_an_interval_to_sweep()
    {
        ICache cache = Make("memory: { default_ttl: 10s, compaction_interval: '' }");
        await SetAsync(cache, "a");
        clock.Advance(TimeSpan.FromDays(1000));
        Assert.Equal("A", await GetAsync(cache, "a"));
    }

    [Theory]
    [InlineData("lru: { cap: 3 }")]
    [InlineData("ttlru: { cap: 3 }")]
    public async Task The_key_not_used_for_longest_gives_way(string yaml)
    {
        ICache cache = Make(yaml);
        await SetAsync(cache, "a");
        await SetAsync(cache, "b");
        await SetAsync(cache, "c");
        await GetAsync(cache, "a");
        await SetAsync(cache, "d");
        Assert.Null(await GetAsync(cache, "b"));
        Assert.Equal("A", await GetAsync(cache, "a"));
        Assert.Equal("C", await GetAsync(cache, "c"));
        Assert.Equal("D", await GetAsync(cache, "d"));
    }

    [Theory]
    [InlineData("arc", true)]
    [InlineData("two_queues", true)]
    [InlineData("standard", false)]
    public async Task Keys_in_regular_use_survive_a_run_over_many_others(string algorithm, bool survives)
    {
        ICache cache = Make($"lru: {{ cap: 100, algorithm: {algorithm} }}");
        for (int i = 0; i < 20; i++)
        {
            await SetAsync(cache, $"regular{i}");
            await GetAsync(cache, $"regular{i}");
        }

        for (int i = 0; i < 1000; i++)
        {
            await SetAsync(cache, $"once{i}");
        }

        int left = 0;
        for (int i = 0; i < 20; i++)
        {
            left += await GetAsync(cache, $"regular{i}") is null ? 0 : 1;
        }

        Assert.Equal(survives ? 20 : 0, left);
    }

    [Theory]
    [InlineData("standard")]
    [InlineData("arc")]
    [InlineData("two_queues")]
    public void A_store_holds_no_more_than_it_may_and_never_a_wrong_value(string rule)
    {
        var random = new Random(5);
        IBoundedStore store = rule switch
        {
            "arc" => new ArcStore(10),
            "two_queues" => new TwoQueueStore(10, 0.25, 0.5),
            _ => new StandardStore(10),
        };
        var last = new Dictionary<string, byte>();
        for (int i = 0; i < 20_000; i++)
        {
            string key = $"k{(int)(40 * random.NextDouble() * random.NextDouble())}";
            switch (random.Next(8))
            {
                case 0:
                    store.Remove(key);
                    last.Remove(key);
                    break;
                case < 4:
                    last[key] = (byte)i;
                    store.Set(key, new[] { (byte)i });
                    break;
                default:
                    bool contains = store.Contains(key);
                    Assert.Equal(contains, store.TryGet(key, out ReadOnlyMemory<byte> value));
                    Assert.True(!contains || value.Span[0] == last[key]);
                    break;
            }

            Assert.InRange(Enumerable.Range(0, 40).Count(k => store.Contains($"k{k}")), 0, 10);
        }
    }

    [Fact]
    public async Task The_operators_of_the_processor()
    {
        string[] lines = await RunAsync(
            """
                - cache: { resource: c, operator: set, key: '${! this.k }', value: '${! this.v }' }
                - cache: { resource: c, operator: add, key: '${! this.k }', value: other }
                - catch: [ { mutation: root.add = error() } ]
                - branch: { processors: [ { cache: { resource: c, operator: get, key: '${! this.k }' } } ], result_map: root.got = content().string() }
                - branch: { processors: [ { cache: { resource: c, operator: exists, key: '${! this.k }' } } ], result_map: root.exists = this }
                - cache: { resource: c, operator: delete, key: '${! this.k }' }
                - branch: { processors: [ { cache: { resource: c, operator: exists, key: '${! this.k }' } } ], result_map: root.deleted = this == false }
                - cache: { resource: c, operator: get, key: '${! this.k }' }
                - catch: [ { mutation: root.get = error() } ]
            """,
            """{"k":"a","v":"one"}""");
        Assert.Equal(["""{"k":"a","v":"one","add":"operator failed for key 'a': key already exists","got":"one","exists":true,"deleted":true,"get":"operator failed for key 'a': key not found"}"""], lines);
    }

    [Theory]
    [InlineData("operator: set, key: '${! throw(\"no\") }', value: x", "the key of the cache failed: no")]
    [InlineData("operator: set, key: k, value: '${! throw(\"no\") }'", "operator failed for key 'k': its value failed: no")]
    [InlineData("operator: set, key: k, value: x, ttl: soon", "operator failed for key 'k': its ttl \"soon\" is no duration")]
    public async Task A_text_that_cannot_be_made_fails_the_message(string fields, string error) =>
        Assert.Equal([error], await RunAsync($"    - cache: {{ resource: c, {fields} }}\n    - catch: [ {{ mapping: root = error() }} ]", "{}"));

    [Fact]
    public async Task Bytes_that_are_no_text_are_stored_as_they_are() => Assert.Equal(
        ["ff00fe"],
        await RunAsync("    - mapping: root = \"ff00fe\".decode(\"hex\")\n    - cache: { resource: c, operator: set, key: k, value: '${! content() }' }\n    - mapping: root = \"\"\n    - cache: { resource: c, operator: get, key: k }\n    - mapping: root = content().encode(\"hex\")", "{}"));

    [Fact]
    public void Set_and_add_need_a_value() => Assert.Equal(
        """
        pipeline.yaml:1:48: error P513: there is no cache resource "c"
          1 | pipeline: { processors: [ { cache: { resource: c, key: k, operator: set } } ] }
            |                                                ^ there are no cache_resources
        pipeline.yaml:1:59: error P517: set and add need a value
          1 | pipeline: { processors: [ { cache: { resource: c, key: k, operator: set } } ] }
            |                                                           ^^^^^^^^ give value, such as ${! content() }
        """,
        PipelineTest.Lint("pipeline: { processors: [ { cache: { resource: c, key: k, operator: set } } ] }\n"));

    private static async Task<string[]> RunAsync(string processors, string message)
    {
        PipelineTest.Outcome outcome = await PipelineTest.RunAsync($"logger: {{ level: OFF }}\npipeline:\n  threads: 1\n  processors:\n{processors}\ncache_resources:\n  - label: c\n    memory: {{}}\n", message + "\n");
        return outcome.Lines;
    }
}
