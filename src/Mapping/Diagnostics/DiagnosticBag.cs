using Mapping.Text;

namespace Mapping.Diagnostics;

/// <summary>Collects the findings of one compilation, so that all errors of a text are shown at once.</summary>
internal sealed class DiagnosticBag
{
    /// <summary>Beyond this many errors more of them help nobody.</summary>
    private const int Most = 100;

    private readonly List<Diagnostic> found = [];

    public bool HasErrors { get; private set; }

    public int Count => found.Count;

    public void Error(string code, SourceText source, TextSpan span, string message, string? hint = null, IReadOnlyList<string>? notes = null)
        => Add(new Diagnostic(code, Severity.Error, message, source, span, hint, notes));

    public void Add(Diagnostic diagnostic)
    {
        HasErrors |= diagnostic.Severity == Severity.Error;
        if (found.Count < Most)
        {
            found.Add(diagnostic);
        }
    }

    /// <summary>Everything found, in the order of the text.</summary>
    public IReadOnlyList<Diagnostic> ToList() => [.. found.OrderBy(d => d.Span.Start)];
}
