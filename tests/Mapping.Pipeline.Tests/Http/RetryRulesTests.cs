using System.Net.Http.Headers;
using Mapping.Pipeline.Components.Http;

namespace Mapping.Pipeline.Tests.Http;

public class RetryRulesTests
{
    private static readonly RetryRules Rules = new(3, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(30), new HashSet<long> { 429, 200 }, new HashSet<long> { 400, 429 }, new HashSet<long> { 404, 400 }, TakesRedirects: true);

    [Theory]
    [InlineData(400, "Final")]
    [InlineData(429, "Final")]
    [InlineData(200, "BackOff")]
    [InlineData(404, "Success")]
    [InlineData(302, "Success")]
    [InlineData(204, "Success")]
    [InlineData(500, "Again")]
    [InlineData(410, "Again")]
    public void Lists_are_asked_in_their_order(int status, string verdict) => Assert.Equal(verdict, Rules.Judge(status).ToString());

    [Fact]
    public void Growing_pauses_double_with_jitter_up_to_the_longest()
    {
        for (int backoffs = 1; backoffs <= 100; backoffs++)
        {
            TimeSpan[] pauses = [.. Enumerable.Range(0, 50).Select(seed => Rules.Pause(backoffs, null, new Random(seed)))];
            double middle = Math.Pow(2, backoffs - 1);
            Assert.All(pauses, p => Assert.InRange(p.TotalSeconds, Math.Min(30, middle * 0.5), Math.Min(30, middle * 1.5)));
            Assert.True(backoffs > 6 || pauses.Distinct().Count() > 1);
        }
    }

    [Theory]
    [InlineData(0, null, 1)]
    [InlineData(0, 0.5, 1)]
    [InlineData(0, 7.0, 7)]
    [InlineData(0, 3600.0, 30)]
    public void A_server_can_ask_for_a_longer_pause(int backoffs, double? asked, double expected) =>
        Assert.Equal(expected, Rules.Pause(backoffs, asked is { } seconds ? TimeSpan.FromSeconds(seconds) : null, new Random(1)).TotalSeconds);

    [Fact]
    public void It_asks_in_seconds_or_with_a_date()
    {
        DateTimeOffset now = DateTimeOffset.UnixEpoch;
        Assert.Equal(TimeSpan.FromSeconds(5), RetryRules.Asked(new RetryConditionHeaderValue(TimeSpan.FromSeconds(5)), now));
        Assert.Equal(TimeSpan.FromSeconds(60), RetryRules.Asked(new RetryConditionHeaderValue(now.AddMinutes(1)), now));
        Assert.Null(RetryRules.Asked(null, now));
    }
}
