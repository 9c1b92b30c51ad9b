using Mapping.Diagnostics;
using Mapping.Text;

namespace Mapping.Pipeline.Testing;

/// <summary>What became of the tests of a file.</summary>
/// <param name="Path">The configuration, or the file of tests beside it.</param>
/// <param name="Findings">What is wrong with the configuration; when there are errors no test was run.</param>
/// <param name="Cases">In the order of the text.</param>
internal sealed record FileOutcome(string Path, IReadOnlyList<Diagnostic> Findings, IReadOnlyList<CaseOutcome> Cases)
{
    public bool HasFailed => Findings.Any(f => f.Severity == Severity.Error) || Cases.Any(c => c.Failures.Count > 0);
}

/// <param name="Name">Of the case.</param>
/// <param name="Line">Where it stands.</param>
/// <param name="Failures">Texts for people; none when it holds.</param>
/// <param name="Corrections">What would make it hold.</param>
internal sealed record CaseOutcome(string Name, int Line, IReadOnlyList<string> Failures, IReadOnlyList<Correction> Corrections);

/// <summary>Another text for a part of a file, or for all of it.</summary>
/// <param name="Path">The file.</param>
/// <param name="Span">The part; null for all.</param>
/// <param name="Text">What is to stand there.</param>
internal sealed record Correction(string Path, TextSpan? Span, string Text)
{
    /// <summary>Applies corrections to the files; those of one file from its end to its beginning.</summary>
    public static void Apply(IEnumerable<Correction> corrections)
    {
        foreach (IGrouping<string, Correction> file in corrections.Distinct().GroupBy(c => c.Path))
        {
            string text = File.Exists(file.Key) ? File.ReadAllText(file.Key) : string.Empty;
            foreach (Correction correction in file.OrderByDescending(c => c.Span?.Start ?? 0))
            {
                text = correction.Span is { } span ? string.Concat(text.AsSpan(0, span.Start), correction.Text, text.AsSpan(span.End)) : correction.Text;
            }

            File.WriteAllText(file.Key, text);
        }
    }
}
