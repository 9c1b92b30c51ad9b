using System.Net.Http.Headers;
using Mapping.Pipeline.Messages;

namespace Mapping.Pipeline.Components.Http;

/// <summary>What a response means for further attempts.</summary>
internal enum Verdict
{
    Success,

    /// <summary>Failed, and no further attempt is made.</summary>
    Final,

    /// <summary>Try again after a growing pause.</summary>
    BackOff,

    /// <summary>Try again after the usual pause.</summary>
    Again,
}

/// <summary>Which responses are tried again, how often and when.</summary>
internal sealed record RetryRules(
    int Retries,
    TimeSpan Period,
    TimeSpan LongestBackoff,
    IReadOnlySet<long> BackoffOn,
    IReadOnlySet<long> DropOn,
    IReadOnlySet<long> SuccessfulOn,
    bool TakesRedirects)
{
    private const double Jitter = 0.5;

    public Verdict Judge(int status) =>
        DropOn.Contains(status) ? Verdict.Final
        : BackoffOn.Contains(status) ? Verdict.BackOff
        : SuccessfulOn.Contains(status) || status is >= 200 and < 300 || (TakesRedirects && status is >= 300 and < 400) ? Verdict.Success
        : Verdict.Again;

    /// <param name="backoffs">Growing pauses in a row, this one included; 0 for the usual pause.</param>
    /// <param name="retryAfter">What the server asks for; null when it says nothing.</param>
    /// <param name="random">Gives the jitter.</param>
    public TimeSpan Pause(int backoffs, TimeSpan? retryAfter, Random random)
    {
        TimeSpan pause = Period;
        if (backoffs > 0)
        {
            double factor;
            lock (random)
            {
                factor = 1 - Jitter + (random.NextDouble() * 2 * Jitter);
            }

            pause = Shorter(LongestBackoff, Period * Math.Min(1 << 30, Math.Pow(2, backoffs - 1)) * factor);
        }

        return retryAfter is { } asked && Shorter(asked, LongestBackoff) is var wait && wait > pause ? wait : pause;
    }

    /// <summary>The wait that a <c>Retry-After</c> header asks for, in seconds or until a date.</summary>
    public static TimeSpan? Asked(RetryConditionHeaderValue? header, DateTimeOffset now) => header?.Delta ?? header?.Date - now;

    /// <summary>What a failed response says about trying again.</summary>
    public static FailureKind KindOf(int status) => status switch
    {
        408 or 425 or 429 or 503 => FailureKind.Transient,
        >= 300 and < 500 or 501 or 505 => FailureKind.Permanent,
        _ => FailureKind.Ambiguous,
    };

    /// <summary>What a request that got no response says about trying again.</summary>
    public static FailureKind KindOf(HttpRequestException error) => error.HttpRequestError switch
    {
        HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError => FailureKind.Transient,
        _ => FailureKind.Ambiguous,
    };

    private static TimeSpan Shorter(TimeSpan first, TimeSpan second) => first < second ? first : second;
}
