using Mapping.Conformance.Runner;
using Mapping.Execution;
using Mapping.Extras;
using Mapping.Testing;

namespace Mapping.Conformance.Tests;

/// <summary>The suite in <c>conformance/</c>, a test per topic file.</summary>
public class LanguageSuiteTests
{
    public static TheoryData<string> Topics
    {
        get
        {
            var topics = new TheoryData<string>();
            foreach (string file in CaseFiles.Find(Repository.PathOf("conformance")))
            {
                topics.Add(Path.GetRelativePath(Repository.PathOf("conformance"), file).Replace('\\', '/'));
            }

            return topics;
        }
    }

    [Theory]
    [MemberData(nameof(Topics))]
    public void Every_case_of_the_topic_agrees(string topic) =>
        AssertAgrees(CaseFiles.Load(Repository.PathOf("conformance", topic)), Tier.Interpreter);

    [Theory]
    [MemberData(nameof(Topics))]
    public void Every_case_of_the_topic_agrees_when_compiled(string topic) =>
        AssertAgrees(CaseFiles.Load(Repository.PathOf("conformance", topic)), Tier.Compiled);

    [Fact]
    public void The_mappings_of_the_performance_budget_give_the_answers_of_the_reference()
    {
        AssertAgrees(CaseFiles.Load(Repository.PathOf("bench", "expected.jsonl")), Tier.Interpreter);
        AssertAgrees(CaseFiles.Load(Repository.PathOf("bench", "expected.jsonl")), Tier.Compiled);
    }

    [Fact]
    public void Every_listed_difference_exists_and_still_differs()
    {
        ConformanceCase[] cases = [.. CaseFiles.Find(Repository.PathOf("conformance")).SelectMany(CaseFiles.Load)];
        SuiteReport report = new ConformanceRunner(DifferenceList.Own, MappingEnvironment.Full.WithExtras()).Run(cases);
        Assert.Empty(DifferenceList.Own.Ids.Except(cases.Select(c => c.Id)));
        string[] stale = [.. report.Results.Where(r => r.IsStaleDifference).Select(r => r.Case.Id)];
        Assert.True(stale.Length == 0, "listed in differences.yaml, but agrees: " + string.Join(", ", stale));
    }

    [Theory]
    [MemberData(nameof(Topics))]
    public void Ids_are_unique_and_name_their_topic_file(string topic)
    {
        string[] ids = [.. CaseFiles.Load(Repository.PathOf("conformance", topic)).Select(item => item.Id)];
        Assert.All(ids, id => Assert.StartsWith(Path.ChangeExtension(topic, null) + "/", id, StringComparison.Ordinal));
        Assert.Equal(ids.Length, ids.Distinct(StringComparer.Ordinal).Count());
    }

    private static void AssertAgrees(IReadOnlyList<ConformanceCase> cases, Tier tier)
    {
        SuiteReport report = new ConformanceRunner(DifferenceList.Own, MappingEnvironment.Full.WithExtras().WithTier(tier)).Run(cases);
        Assert.True(report.Passed > 0, "no case was run");
        Assert.True(
            report.Failed == 0,
            $"{report.Summary}\n" + string.Join("\n", report.Failures.Take(10).Select(f => $"{f.Case.Id}: {f.Reason}\n  expected {f.Expected}\n  actual   {f.Actual}")));
    }
}
