namespace Mapping.Conformance.Runner;

public enum CaseOutcome
{
    Passed,
    Failed,

    /// <summary>Differs, and may: an optional case, a listed difference, or a builtin that the edition at hand lacks.</summary>
    Skipped,
}

/// <param name="Reason">Why it failed or was skipped, one line; empty when it passed.</param>
/// <param name="Expected">The expectation in short, where it was not met.</param>
/// <param name="Actual">What happened instead.</param>
public sealed record CaseResult(ConformanceCase Case, CaseOutcome Outcome, string Reason = "", string Expected = "", string Actual = "")
{
    /// <summary>Whether the case is listed as a difference but agrees.</summary>
    public bool IsStaleDifference { get; init; }
}

/// <summary>The results of many cases, in the order of the cases.</summary>
public sealed class SuiteReport
{
    public SuiteReport(IReadOnlyList<CaseResult> results)
    {
        Results = results;
        Passed = results.Count(result => result.Outcome == CaseOutcome.Passed);
        Failed = results.Count(result => result.Outcome == CaseOutcome.Failed);
        Skipped = results.Count - Passed - Failed;
    }

    public IReadOnlyList<CaseResult> Results { get; }

    public int Passed { get; }

    public int Failed { get; }

    public int Skipped { get; }

    public IEnumerable<CaseResult> Failures => Results.Where(result => result.Outcome == CaseOutcome.Failed);

    /// <summary>The closing line: <c>N passed, M failed, K skipped</c>.</summary>
    public string Summary => $"{Passed} passed, {Failed} failed, {Skipped} skipped";
}
