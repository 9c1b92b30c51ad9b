using System.Text;
using Mapping.Conformance.Runner;
using Mapping.Extras;

namespace Mapping.Conformance.Tests;

/// <summary>The runner itself: a suite that cannot fail proves nothing.</summary>
public class RunnerTests
{
    [Theory]
    [InlineData("""{"id":"a/b/1","topic":"b","mapping":"root = 1.0","input":"{}","expect":{"output":"1"}}""", CaseOutcome.Passed)]
    [InlineData("""{"id":"a/b/1","topic":"b","mapping":"root = this","input":"1.0","expect":{"output":"1"}}""", CaseOutcome.Failed)]
    [InlineData("""{"id":"a/b/1","topic":"b","mapping":"root = this","input":"1.0","quirk":"x","expect":{"output":"1"}}""", CaseOutcome.Skipped)]
    [InlineData("""{"id":"a/b/1","topic":"b","mapping":"root = {\"b\":1,\"a\":2}","expect":{"output":"{\"a\":2,\"b\":1}"}}""", CaseOutcome.Passed)]
    [InlineData("""{"id":"a/b/1","topic":"b","mapping":"root = {\"b\":1}","expect":{"output":"{\"a\":2,\"b\":1}"}}""", CaseOutcome.Failed)]
    [InlineData("""{"id":"a/b/1","topic":"b","mapping":"root = 1 +","expect":{"parse_error":{"line":1}}}""", CaseOutcome.Passed)]
    [InlineData("""{"id":"a/b/1","topic":"b","mapping":"\nroot = 1 +","expect":{"parse_error":{"line":1}}}""", CaseOutcome.Failed)]
    [InlineData("""{"id":"a/b/1","topic":"b","mapping":"root = 1","expect":{"parse_error":{"line":1}}}""", CaseOutcome.Failed)]
    [InlineData("""{"id":"a/b/1","topic":"b","mapping":"root = 1","superset_ok":true,"expect":{"parse_error":{"line":1}}}""", CaseOutcome.Skipped)]
    [InlineData("""{"id":"a/b/1","topic":"b","mapping":"root = throw(\"x\")","expect":{"error":"failed assignment (line 1): x"}}""", CaseOutcome.Passed)]
    [InlineData("""{"id":"a/b/1","topic":"b","mapping":"root = throw(\"x\")","expect":{"error":"failed assignment (line 2): x"}}""", CaseOutcome.Failed)]
    [InlineData("""{"id":"a/b/1","topic":"b","mapping":"root = deleted()","expect":{"deleted":true}}""", CaseOutcome.Passed)]
    [InlineData("""{"id":"a/b/1","topic":"b","mapping":"meta k = 1\nroot = 1","expect":{"output":"1"}}""", CaseOutcome.Failed)]
    [InlineData("""{"id":"a/b/1","topic":"b","mapping":"meta k = 1\nroot = 1","expect":{"output":"1","meta":{"k":1}}}""", CaseOutcome.Passed)]
    [InlineData("""{"id":"a/b/1","topic":"b","mapping":"root = throw(\"x\").catch(err -> err)","expect":{"output":"<error text>"}}""", CaseOutcome.Passed)]
    [InlineData("""{"id":"a/b/1","topic":"b","mapping":"root = \"\"","expect":{"output":"<error text>"}}""", CaseOutcome.Failed)]
    [InlineData("""{"id":"a/b/1","topic":"b","mode":"interp","mapping":"a ${! this.x } b","input":"{\"x\":1.50}","expect":{"output":"a 1.50 b"}}""", CaseOutcome.Passed)]
    [InlineData("""{"id":"a/b/1","topic":"b","mapping":"root = env(\"X\")","env":{"X":"y"},"expect":{"output":"y"}}""", CaseOutcome.Passed)]
    [InlineData("""{"id":"a/b/1","topic":"b","mapping":"root = json(\"v\").from(1)","batch":["{\"v\":1}","{\"v\":2}"],"index":0,"expect":{"output":"2"}}""", CaseOutcome.Passed)]
    public void A_case_is_judged_by_its_expectation(string line, CaseOutcome outcome)
    {
        ConformanceCase item = Load(line);
        Assert.Equal(outcome, new ConformanceRunner(DifferenceList.Own, MappingEnvironment.Full.WithExtras()).Run(item).Outcome);
    }

    [Fact]
    public void A_case_without_an_expectation_is_refused() =>
        Assert.Throws<CaseFormatException>(() => Load("""{"id":"a/b/1","topic":"b","mapping":"root = 1","expect":{}}"""));

    private static ConformanceCase Load(string line)
    {
        string file = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName() + ".jsonl");
        File.WriteAllText(file, line, Encoding.UTF8);
        try
        {
            return Assert.Single(CaseFiles.Load(file));
        }
        finally
        {
            File.Delete(file);
        }
    }
}
