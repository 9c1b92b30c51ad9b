using Mapping.Functions;
using Mapping.Pipeline.Messages;
using Mapping.Testing;

namespace Mapping.Pipeline.Tests.Messages;

/// <summary>Random trees of splits and merges, settled in random order.</summary>
public class JoinTests
{
    private static int Rounds => 3_000 * TestScale.Factor;

    private static Message Numbered(int number) => TestInput.Message($"{number}");

    [Fact]
    public async Task A_source_is_settled_once_after_all_that_became_of_it_and_knows_which_messages_failed()
    {
        var random = new Random(11);
        for (int round = 0; round < Rounds; round++)
        {
            await CheckAsync(random);
        }
    }

    /// <summary>Sources are split, merged and split again; then every leaf is settled.</summary>
    private static async Task CheckAsync(Random random)
    {
        var outcomes = new Dictionary<int, Rejection?>();
        var sources = new List<Delivery>();
        for (int s = 0; s < random.Next(1, 5); s++)
        {
            int id = s;
            sources.Add(Delivery.To(Batch.Of(Enumerable.Range(0, random.Next(1, 6)).Select(Numbered)), rejection =>
            {
                Assert.True(outcomes.TryAdd(id, rejection), "settled twice");
                return ValueTask.CompletedTask;
            }).Track());
        }

        // Where each message came from first.
        Dictionary<Message, (int Source, int Index)> origins = new(ReferenceEqualityComparer.Instance);
        for (int s = 0; s < sources.Count; s++)
        {
            for (int i = 0; i < sources[s].Messages.Count; i++)
            {
                origins.Add(sources[s].Messages[i], (s, i));
            }
        }

        List<Delivery> leaves = Shuffle(sources, random);
        for (int step = random.Next(4); step > 0; step--)
        {
            leaves = random.Next(2) == 0 ? Split(leaves, random) : Merged(leaves, random);
        }

        var failed = new HashSet<(int Source, int Index)>();
        var open = sources.Select((s, i) => s.Messages.Count).ToArray();
        foreach (Delivery leaf in Shuffle(leaves, random))
        {
            Assert.All(leaf.Messages, m => Assert.False(outcomes.ContainsKey(origins[m].Source), "settled before everything was"));
            Dictionary<int, string> failures = Enumerable.Range(0, leaf.Messages.Count).Where(_ => random.Next(4) == 0).ToDictionary(i => i, i => $"{i}");
            failed.UnionWith(failures.Keys.Select(i => origins[leaf.Messages[i]]));
            await leaf.SettleAsync(failures.Count == 0 ? null : leaf.Reject(leaf.Messages, new BatchException(failures)));
            foreach (Message message in leaf.Messages)
            {
                open[origins[message].Source]--;
            }
        }

        Assert.All(open, left => Assert.Equal(0, left));
        for (int s = 0; s < sources.Count; s++)
        {
            int[] expected = [.. failed.Where(f => f.Source == s).Select(f => f.Index).Order()];
            Rejection? outcome = outcomes[s];
            Assert.Equal(expected.Length > 0, outcome is not null);
            Assert.Equal(expected, Enumerable.Range(0, sources[s].Messages.Count).Where(i => outcome?.Failed(i) == true));
        }
    }

    private static List<Delivery> Split(List<Delivery> deliveries, Random random) => [.. deliveries.SelectMany(d =>
    {
        if (d.Messages.Count < 2 || random.Next(3) == 0)
        {
            return [d];
        }

        int cut = random.Next(1, d.Messages.Count);
        return Join.Split(d, [Batch.Of(d.Messages.Take(cut)), Batch.Of(d.Messages.Skip(cut))]);
    })];

    private static List<Delivery> Merged(List<Delivery> deliveries, Random random)
    {
        var results = new List<Delivery>();
        for (int i = 0; i < deliveries.Count;)
        {
            int count = Math.Min(random.Next(1, 4), deliveries.Count - i);
            List<Delivery> group = deliveries.GetRange(i, count);
            results.Add(Merge.Of(group, Batch.Of(group.SelectMany(d => d.Messages))));
            i += count;
        }

        return results;
    }

    private static List<Delivery> Shuffle(List<Delivery> deliveries, Random random)
    {
        Delivery[] mixed = [.. deliveries];
        random.Shuffle(mixed);
        return [.. mixed];
    }

    [Fact]
    public async Task A_failing_message_that_nobody_knows_fails_all()
    {
        Rejection? outcome = null;
        Delivery source = Delivery.To(new Batch(Numbered(0), Numbered(1)), r =>
        {
            outcome = r;
            return ValueTask.CompletedTask;
        }).Track();
        Delivery[] parts = Join.Split(source, [new Batch(new Message("archived"u8.ToArray())), new Batch(source.Messages[1])]);
        await parts[1].SettleAsync(null);
        Assert.Null(outcome);
        await parts[0].SettleAsync(new Rejection("no"));
        Assert.Equal("no", outcome!.Reason);
        Assert.Null(outcome.Failures);
    }

    [Fact]
    public async Task Settling_twice_is_an_error()
    {
        var delivery = new Delivery(new Batch(Numbered(0)));
        await delivery.SettleAsync(null);
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await delivery.SettleAsync(null));
    }

    [Fact]
    public void Messages_that_were_removed_on_the_way_are_not_among_the_failures()
    {
        var delivery = new Delivery(new Batch(Numbered(0), Numbered(1), Numbered(2))).Track();
        Rejection rejection = delivery.Reject(new Batch(delivery.Messages[0], delivery.Messages[2]), new IOException("gone"));
        Assert.Equal([0, 2], rejection.Failures!.Keys.Order());
        Assert.False(rejection.Failed(1));
    }
}
