using Mapping.Connectors.SchemaRegistry;
using Mapping.Pipeline.Tests;

namespace Mapping.Connectors.Tests.SchemaRegistry;

public class LookupCacheTests
{
    private readonly ManualClock clock = new();
    private int lookUps;

    [Fact]
    public async Task Those_who_ask_at_the_same_time_share_a_look_up_that_outlives_each_of_them()
    {
        var answer = new TaskCompletionSource<int>();
        using var cache = Cache((_, _) => answer.Task);
        using var impatient = new CancellationTokenSource();
        Task<int> first = cache.GetAsync("a", impatient.Token).AsTask();
        Task<int> second = cache.GetAsync("a", CancellationToken.None).AsTask();
        await impatient.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        answer.SetResult(7);
        Assert.Equal(7, await second);
        Assert.Equal(7, await cache.GetAsync("a", CancellationToken.None));
        Assert.Equal(1, lookUps);
    }

    [Fact]
    public async Task A_look_up_ends_when_it_has_taken_too_long()
    {
        using var cache = Cache(static async (_, limit) =>
        {
            await Task.Delay(Timeout.Infinite, limit);
            return 0;
        });
        Task<int> waiting = cache.GetAsync("a", CancellationToken.None).AsTask();
        clock.Move(TimeSpan.FromSeconds(4.9));
        Assert.False(waiting.IsCompleted);
        clock.Move(TimeSpan.FromSeconds(0.1));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
    }

    [Fact]
    public async Task A_failure_is_kept_for_a_moment_only()
    {
        using var cache = Cache((_, _) => lookUps == 1 ? Task.FromException<int>(SchemaFailure.Schema("no")) : Task.FromResult(7));
        await Assert.ThrowsAsync<SchemaFailure>(async () => await cache.GetAsync("a", CancellationToken.None));
        await Assert.ThrowsAsync<SchemaFailure>(async () => await cache.GetAsync("a", CancellationToken.None));
        Assert.Equal(1, lookUps);
        clock.Move(TimeSpan.FromSeconds(1));
        Assert.Equal(7, await cache.GetAsync("a", CancellationToken.None));
        Assert.Equal(2, lookUps);
    }

    [Fact]
    public async Task What_is_used_stays_and_what_is_not_goes()
    {
        using var cache = Cache((_, _) => Task.FromResult(lookUps));
        await cache.GetAsync("used", CancellationToken.None);
        await cache.GetAsync("unused", CancellationToken.None);
        for (int i = 0; i < 6; i++)
        {
            clock.Move(TimeSpan.FromMinutes(2));
            Assert.Equal(1, await cache.GetAsync("used", CancellationToken.None));
        }

        Assert.Equal(1, cache.Count);
    }

    [Fact]
    public async Task What_is_old_is_renewed_behind_the_scenes_and_stays_in_use_when_that_fails()
    {
        var answers = new Queue<TaskCompletionSource<int>>([new(), new(), new()]);
        TaskCompletionSource<int>[] all = [.. answers];
        using var cache = Cache((_, _) => answers.Dequeue().Task, TimeSpan.FromMinutes(1));
        all[0].SetResult(1);
        Assert.Equal(1, await cache.GetAsync("a", CancellationToken.None));
        clock.Move(TimeSpan.FromMinutes(1));
        Assert.Equal(1, await cache.GetAsync("a", CancellationToken.None));
        Assert.Equal(1, await cache.GetAsync("a", CancellationToken.None));
        Assert.Equal(2, lookUps);
        all[1].SetException(SchemaFailure.Schema("no"));
        Assert.Equal(1, await cache.GetAsync("a", CancellationToken.None));
        clock.Move(TimeSpan.FromSeconds(10));
        Assert.Equal(1, await cache.GetAsync("a", CancellationToken.None));
        Assert.Equal(3, lookUps);
        all[2].SetResult(3);
        while (await cache.GetAsync("a", CancellationToken.None) != 3)
        {
            await Task.Delay(1);
        }
    }

    private LookupCache<string, int> Cache(Func<string, CancellationToken, Task<int>> lookUp, TimeSpan? fresh = null) => new(
        (key, limit) =>
        {
            lookUps++;
            return lookUp(key, limit);
        },
        new CacheTimes(TimeSpan.FromMinutes(10), fresh),
        clock);
}
