using Mapping.Diagnostics;
using Mapping.Text;

namespace Mapping.Pipeline.Config;

/// <summary>Everything that is wrong with a configuration, in the order of its files and of their text.</summary>
internal sealed class Problems
{
    /// <summary>A file that begins so is not linted.</summary>
    private const string Unlinted = "# BENTHOS LINT DISABLE";

    private readonly List<Diagnostic> found = [];

    /// <summary>What is wrong and does not keep the configuration from running is only warned of.</summary>
    public bool AreLintsWarnings { get; init; }

    public bool HasErrors => ErrorCount > 0;

    public int ErrorCount { get; private set; }

    public void Error(string code, SourceText source, TextSpan span, string message, string? hint = null, IReadOnlyList<string>? notes = null) =>
        Add(new Diagnostic(code, Severity.Error, message, source, span, hint, notes));

    public void Error(string code, ConfigNode node, string message, string? hint = null) => Error(code, node.Source, CaretOf(node), message, hint);

    /// <summary>A mistake that does not keep the configuration from running: whoever tells it reads on as if it were not there.</summary>
    public void Lint(string code, SourceText source, TextSpan span, string message, string? hint = null) =>
        AddLint(new Diagnostic(code, AreLintsWarnings ? Severity.Warning : Severity.Error, message, source, span, hint));

    /// <summary>As <see cref="Lint(string, SourceText, TextSpan, string, string?)"/>, also in a file that is not linted: what is missing does not stand in it.</summary>
    public void Lack(string code, SourceText source, TextSpan span, string message, string? hint = null) =>
        Add(new Diagnostic(code, AreLintsWarnings ? Severity.Warning : Severity.Error, message, source, span, hint));

    public void Lint(string code, ConfigNode node, string message, string? hint = null) => Lint(code, node.Source, CaretOf(node), message, hint);

    public void Warning(string code, SourceText source, TextSpan span, string message, string? hint = null) =>
        AddLint(new Diagnostic(code, Severity.Warning, message, source, span, hint));

    public void Warning(string code, ConfigNode node, string message, string? hint = null) => Warning(code, node.Source, CaretOf(node), message, hint);

    public void Tell(Gravity gravity, string code, ConfigNode node, string message, string? hint = null)
    {
        Action<string, ConfigNode, string, string?> tell = gravity switch { Gravity.Error => Error, Gravity.Lint => Lint, _ => Warning };
        tell(code, node, message, hint);
    }

    /// <summary>A finding about a text within a scalar, shown where the scalar stands in the file.</summary>
    public void Add(Diagnostic diagnostic, ScalarNode scalar, SourceText text) => Add(diagnostic.Source == text
        ? diagnostic with { Source = scalar.Source, Span = scalar.SpanOf(diagnostic.Span) }
        : diagnostic);

    public IReadOnlyList<Diagnostic> ToList()
    {
        List<SourceText> order = [.. found.Select(d => d.Source).Distinct()];
        return [.. found.Distinct().OrderBy(d => order.IndexOf(d.Source)).ThenBy(d => d.Span.Start)];
    }

    private void AddLint(Diagnostic diagnostic)
    {
        if (!diagnostic.Source.Content.StartsWith(Unlinted, StringComparison.Ordinal))
        {
            Add(diagnostic);
        }
    }

    private void Add(Diagnostic diagnostic)
    {
        found.Add(diagnostic);
        ErrorCount += diagnostic.Severity == Severity.Error ? 1 : 0;
    }

    /// <summary>A scalar is underlined whole, of anything larger the beginning.</summary>
    private static TextSpan CaretOf(ConfigNode node) => node is ScalarNode ? node.Span : new TextSpan(node.Span.Start, 1);
}
