using System.Text;
using Mapping.Values;

namespace Mapping.Tests.Values;

/// <summary>What an arena lends until its reset, and what is made only when somebody asks.</summary>
public sealed class ArenaTests
{
    private static readonly Value[] Keys = [.. Enumerable.Range(0, 1000).Select(static n => Value.FromKey(Encoding.ASCII.GetBytes($"key{n}")))];

    [Fact]
    public void ATimeThatWasDetachedOutlivesTheMessage()
    {
        var arena = new Arena();
        Value lent = arena.Timestamp(new WallTime(86_400, 5, 3600));
        Value kept = lent.Detach();
        arena.Reset();
        Value next = arena.Timestamp(new WallTime(0, 0, 0));
        Assert.Equal("1970-01-01T00:00:00Z", next.AsTimestamp().ToText());
        Assert.Equal("1970-01-02T00:00:00.000000005+01:00", kept.AsTimestamp().ToText());
        Assert.Same(lent.AsTimestamp(), next.AsTimestamp());
    }

    [Fact]
    public void PartsOfATextAreThoseThatTheHostGives()
    {
        var random = new Random(521);
        var arena = new Arena();
        for (int i = 0; i < 2000; i++)
        {
            string text = string.Concat(Enumerable.Range(0, random.Next(64)).Select(_ => random.Next(6) == 0 ? '?' : (char)random.Next('a', 'z')));
            string[] expected = text.Split('?');
            ArrayNode asked = Parts(arena, text);
            Assert.Equal(expected.Length, asked.Count);
            for (int part = expected.Length - 1; part >= 0; part--)
            {
                Assert.Equal(expected[part], asked[part].AsHostString());
            }

            ArrayNode changed = Parts(arena, text);
            changed.Add(Value.FromInt64(1));
            Assert.Equal([.. expected, "1"], changed.Items.ToArray().Select(v => v.IsInt64 ? "1" : v.AsHostString()));
            ArrayNode overwritten = Parts(arena, text);
            overwritten[0] = Value.FromString("new");
            Assert.Equal(["new", .. expected[1..]], overwritten.Items.ToArray().Select(v => v.AsHostString()));
            arena.Reset();
        }
    }

    [Fact]
    public void LargeContainersServeTheNextMessageAsWell()
    {
        var arena = new Arena();
        for (int i = 0; i < 3; i++)
        {
            Fill(arena, 1000);
        }

        Assert.Equal(0, AllocatedBy(() => Fill(arena, 1000)));
        for (int i = 0; i < 100; i++)
        {
            Fill(arena, 1);
        }

        Assert.True(AllocatedBy(() => Fill(arena, 1000)) > 16_000, "the memory of large containers is let go when it is not needed");
    }

    private static long AllocatedBy(Action action)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        action();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private static void Fill(Arena arena, int count)
    {
        for (int i = 0; i < 5; i++)
        {
            ArrayNode array = arena.NewArray(count);
            ObjectNode made = arena.NewObject(count);
            for (int n = 0; n < count; n++)
            {
                array.Add(Value.True);
                made.AddNew(Keys[n], Value.True);
            }
        }

        arena.Reset();
    }

    private static ArrayNode Parts(Arena arena, string text)
    {
        ulong cuts = text.Index().Where(c => c.Item == '?').Aggregate(0UL, (all, c) => all | (1UL << c.Index));
        return arena.NewParts(Value.FromUtf8(Encoding.ASCII.GetBytes(text)), cuts);
    }
}
