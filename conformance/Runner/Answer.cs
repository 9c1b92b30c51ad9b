using System.Text;
using Mapping.Diagnostics;

namespace Mapping.Conformance.Runner;

/// <summary>What the engine did with a case.</summary>
internal abstract record Answer;

/// <param name="Body">The body afterwards.</param>
/// <param name="Metadata">All metadata afterwards as a JSON object, or null where the case has no say in it.</param>
internal sealed record OutputAnswer(ReadOnlyMemory<byte> Body, ReadOnlyMemory<byte>? Metadata) : Answer
{
    public override string ToString()
    {
        string body = $"output {Encoding.UTF8.GetString(Body.Span)}";
        return Metadata is { Length: > 2 } metadata ? $"{body} with metadata {Encoding.UTF8.GetString(metadata.Span)}" : body;
    }
}

internal sealed record DeletedAnswer : Answer
{
    public override string ToString() => "deleted";
}

internal sealed record ErrorAnswer(MappingError? Error) : Answer
{
    public override string ToString() => $"error: {Error?.Text ?? "without a text"}";
}

internal sealed record ParseErrorAnswer(IReadOnlyList<Diagnostic> Diagnostics) : Answer
{
    /// <summary>The place of the first error; warnings do not reject a mapping.</summary>
    public int? Line => Diagnostics.FirstOrDefault(d => d.Severity == Severity.Error)?.Position.Line;

    /// <summary>Whether the mapping is refused for a builtin that exists in another edition of the program.</summary>
    public bool IsOfEdition => Diagnostics.Any(d => d.Code == DiagnosticCodes.NotInEdition);

    public override string ToString()
    {
        IEnumerable<string> lines = Diagnostics.Select(d => $"line {d.Position.Line} char {d.Position.Column}: {d.Message}");
        return "parse error: " + string.Join("; ", lines);
    }
}

internal sealed record CrashAnswer(Exception Error) : Answer
{
    public override string ToString() => $"crash: {Error.GetType().Name}: {Error.Message} {Error.StackTrace?.Split('\n').FirstOrDefault()?.Trim()}";
}
