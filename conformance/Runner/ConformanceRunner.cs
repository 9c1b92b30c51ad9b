namespace Mapping.Conformance.Runner;

/// <summary>Puts cases to the engine and judges the answers.</summary>
/// <param name="differences">Where another answer is wanted.</param>
/// <param name="environment">What the mappings may use; each case gets a clock, variables and counters of its own.</param>
public sealed class ConformanceRunner(DifferenceList differences, MappingEnvironment environment)
{
    /// <summary>Runs all cases, on all processors; each case has its own clock, variables and counters.</summary>
    public SuiteReport Run(IReadOnlyList<ConformanceCase> cases)
    {
        var results = new CaseResult[cases.Count];
        Parallel.For(0, cases.Count, index => results[index] = Run(cases[index]));
        return new SuiteReport(results);
    }

    public CaseResult Run(ConformanceCase item)
    {
        Answer answer = Ask(item);
        bool agrees = Verdict.Agrees(item, answer, out string reason);
        bool isListed = differences.TryGetReason(item.Id, out string? why);
        if (agrees)
        {
            return new CaseResult(item, CaseOutcome.Passed) { IsStaleDifference = isListed };
        }

        if (answer is ParseErrorAnswer { IsOfEdition: true })
        {
            return new CaseResult(item, CaseOutcome.Skipped, "needs what this edition does not have", Verdict.Describe(item.Expected), answer.ToString());
        }

        // A crash is never a deliberate difference.
        CaseOutcome outcome = (isListed || item.IsOptional) && answer is not CrashAnswer ? CaseOutcome.Skipped : CaseOutcome.Failed;
        if (outcome == CaseOutcome.Skipped)
        {
            reason = why ?? (item.Quirk is { } quirk ? $"optional: {quirk}" : "optional: accepted here");
        }

        return new CaseResult(item, outcome, reason, Verdict.Describe(item.Expected), answer.ToString());
    }

    private Answer Ask(ConformanceCase item)
    {
#pragma warning disable CA1031 // Whatever the engine throws is a finding about the engine, not a reason to stop the suite.
        try
        {
            return CaseExecution.Run(item, environment);
        }
        catch (Exception error)
        {
            return new CrashAnswer(error);
        }
#pragma warning restore CA1031
    }
}
