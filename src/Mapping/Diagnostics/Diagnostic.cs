using Mapping.Text;

namespace Mapping.Diagnostics;

public enum Severity
{
    Error,
    Warning,
    Information,
}

/// <summary>
/// One finding about a text: what is wrong, where, and how to mend it. Codes are never reused:
/// M1xx lexer and parser, M2xx binder, M3xx types and lints, M4xx run time, P5xx pipeline configuration.
/// </summary>
/// <param name="Code">A code of <see cref="DiagnosticCodes"/>.</param>
/// <param name="Severity">Only errors stop a mapping from compiling.</param>
/// <param name="Message">One sentence without a final stop.</param>
/// <param name="Source">The text the span counts in; an imported file is its own source.</param>
/// <param name="Span">The culprit.</param>
/// <param name="Hint">How to mend it, shown under the caret; null if nothing helpful can be said.</param>
/// <param name="Notes">Further lines, such as the chain of imports that led here.</param>
public sealed record Diagnostic(
    string Code,
    Severity Severity,
    string Message,
    SourceText Source,
    TextSpan Span,
    string? Hint = null,
    IReadOnlyList<string>? Notes = null)
{
    public TextPosition Position => Source.PositionOf(Span.Start);

    public override string ToString() => DiagnosticRenderer.Render(this);
}
