using Mapping.Diagnostics;
using Mapping.Pipeline.Config;
using Mapping.Pipeline.Contracts;
using Mapping.Pipeline.Graph;
using Mapping.Text;

namespace Mapping.Pipeline.Testing;

/// <summary>Runs the unit tests of configurations.</summary>
/// <param name="common">Resources, variables and the environment of mappings; its main file is not used.</param>
/// <param name="catalogue">The components there are.</param>
/// <param name="log">For what processors log.</param>
internal sealed class ConfigTests(Configuration common, Catalogue catalogue, ILog log)
{
    /// <summary>The tests of a configuration and of the file beside it; null when there are none.</summary>
    public async Task<FileOutcome?> RunAsync(string path)
    {
        Configuration configuration = common with { Main = Read(path), MayLackVariables = true };
        PipelineGraph? graph = GraphReader.Read(catalogue, configuration, out IReadOnlyList<Diagnostic> findings);
        var tests = new List<TestCase>(graph?.Tests ?? []);
        if (TestFiles.Beside(path) is { } beside)
        {
            findings = [.. findings, .. ReadTests(beside, tests)];
        }

        bool isBroken = findings.Any(f => f.Severity == Severity.Error);
        if (tests.Count == 0 && !(isBroken && MentionsTests(configuration.Main)))
        {
            return null;
        }

        var cases = new List<CaseOutcome>();
        foreach (TestCase test in isBroken ? [] : tests)
        {
            Dictionary<string, string> own = test.Variables.ToDictionary(StringComparer.Ordinal);
            Configuration varied = configuration with { Variables = name => own.TryGetValue(name, out string? value) ? value : common.Variables(name) };
            cases.Add(await new CaseRun(test, varied, catalogue, log).RunAsync().ConfigureAwait(false));
        }

        return new FileOutcome(path, findings, cases);
    }

    private static SourceText Read(string path) => SourceText.FromUtf8(File.ReadAllBytes(path), path);

    /// <summary>Of a file that cannot be read it is not known whether it has tests, unless its text says so.</summary>
    private static bool MentionsTests(SourceText source) => source.Content.StartsWith("tests:", StringComparison.Ordinal) || source.Content.Contains("\ntests:", StringComparison.Ordinal);

    private IReadOnlyList<Diagnostic> ReadTests(string path, List<TestCase> tests)
    {
        var problems = new Problems();
        var scope = new ReadScope(problems, common.Environment, new ComponentReader(catalogue));
        ConfigNode? tree = YamlReader.Read(Read(path), problems);
        if (tree is not null)
        {
            var variables = new Variables(common.Variables, problems) { MayBeMissing = true };
            if (RootShape.TestFile.TryRead(variables.Substitute(tree), scope, "root", out IReadOnlyList<TestCase>? read))
            {
                tests.AddRange(read);
            }
        }

        return problems.ToList();
    }
}
