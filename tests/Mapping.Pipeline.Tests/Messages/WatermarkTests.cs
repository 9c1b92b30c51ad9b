using Mapping.Pipeline.Messages;
using Mapping.Testing;

namespace Mapping.Pipeline.Tests.Messages;

public class WatermarkTests
{
    [Fact]
    public void What_is_committed_never_passes_what_is_open_in_any_order_of_settling()
    {
        var random = new Random(5);
        for (int round = 0; round < 2_000 * TestScale.Factor; round++)
        {
            var watermark = new Watermark(start: 100);
            long position = 100;
            var open = new List<long>();
            long last = 100;
            for (int step = 0; step < 60; step++)
            {
                if (open.Count == 0 || random.Next(2) == 0)
                {
                    position += random.Next(1, 50);
                    open.Add(position);
                    watermark.Read(position);
                }
                else
                {
                    int index = random.Next(open.Count);
                    long settled = open[index];
                    open.RemoveAt(index);
                    long committed = watermark.Settle(settled);
                    Assert.True(committed >= last);
                    Assert.All(open, o => Assert.True(committed < o));
                    last = committed;
                    Assert.True(open.Count > 0 || committed == position);
                }
            }
        }
    }
}
