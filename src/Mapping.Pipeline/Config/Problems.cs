using Mapping.Diagnostics;
using Mapping.Text;

namespace Mapping.Pipeline.Config;

/// <summary>Everything that is wrong with a configuration, in the order of its files and of their text.</summary>
internal sealed class Problems
{
    private readonly List<Diagnostic> found = [];

    public bool HasErrors => found.Exists(d => d.Severity == Severity.Error);

    public int Count => found.Count;

    public void Error(string code, SourceText source, TextSpan span, string message, string? hint = null, IReadOnlyList<string>? notes = null) =>
        found.Add(new Diagnostic(code, Severity.Error, message, source, span, hint, notes));

    public void Error(string code, ConfigNode node, string message, string? hint = null) => Error(code, node.Source, CaretOf(node), message, hint);

    public void Warning(string code, SourceText source, TextSpan span, string message, string? hint = null) =>
        found.Add(new Diagnostic(code, Severity.Warning, message, source, span, hint));

    public void Warning(string code, ConfigNode node, string message, string? hint = null) => Warning(code, node.Source, CaretOf(node), message, hint);

    /// <summary>A finding about a text within a scalar, shown where the scalar stands in the file.</summary>
    public void Add(Diagnostic diagnostic, ScalarNode scalar, SourceText text) => found.Add(diagnostic.Source == text
        ? diagnostic with { Source = scalar.Source, Span = scalar.SpanOf(diagnostic.Span) }
        : diagnostic);

    public IReadOnlyList<Diagnostic> ToList()
    {
        List<SourceText> order = [.. found.Select(d => d.Source).Distinct()];
        return [.. found.Distinct().OrderBy(d => order.IndexOf(d.Source)).ThenBy(d => d.Span.Start)];
    }

    /// <summary>A scalar is underlined whole, of anything larger the beginning.</summary>
    private static TextSpan CaretOf(ConfigNode node) => node is ScalarNode ? node.Span : new TextSpan(node.Span.Start, 1);
}
