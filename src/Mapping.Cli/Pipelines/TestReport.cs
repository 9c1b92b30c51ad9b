using Mapping.Diagnostics;
using Mapping.Pipeline.Testing;

namespace Mapping.Cli.Pipelines;

/// <summary>Tells people how the tests of configurations went.</summary>
internal sealed class TestReport(bool updates, bool isVerbose)
{
    public int Count { get; private set; }

    public int Failed { get; private set; }

    public void Write(FileOutcome outcome, TextWriter output)
    {
        Diagnostic[] findings = [.. outcome.Findings.Where(f => f.Severity == Severity.Error)];
        Count += outcome.Cases.Count + (findings.Length > 0 ? 1 : 0);
        Failed += outcome.Cases.Count(c => c.Failures.Count > 0) + (findings.Length > 0 ? 1 : 0);
        output.WriteLine($"{outcome.Path}: {(outcome.HasFailed ? "failed" : "passed")}");
        foreach (Diagnostic finding in findings)
        {
            output.WriteLine(finding.ToString());
        }

        foreach (CaseOutcome test in outcome.Cases)
        {
            Write(test, output);
        }

        Correction[] corrections = [.. outcome.Cases.SelectMany(c => c.Corrections)];
        if (updates && corrections.Length > 0)
        {
            Correction.Apply(corrections);
            output.WriteLine($"  updated: {string.Join(", ", corrections.Select(c => c.Path).Distinct())}");
        }
    }

    private void Write(CaseOutcome test, TextWriter output)
    {
        if (test.Failures.Count == 0)
        {
            if (isVerbose)
            {
                output.WriteLine($"  {test.Name} [line {test.Line}]: passed");
            }

            return;
        }

        output.WriteLine($"  {test.Name} [line {test.Line}]: failed");
        foreach (string line in test.Failures.SelectMany(f => f.Split('\n')))
        {
            output.WriteLine($"    {line}".TrimEnd());
        }
    }
}
