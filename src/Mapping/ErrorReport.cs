using Mapping.Diagnostics;
using Mapping.Text;
using Mapping.Values;

namespace Mapping;

/// <summary>Turns the error of a run into what the host sees.</summary>
internal static class ErrorReport
{
    private const int MostMaps = 8;

    public static MappingError Describe(EvaluationError failure, string text, SourceText source)
    {
        string code = failure.Kind switch
        {
            ErrorKind.Limit => DiagnosticCodes.LimitExceeded,
            ErrorKind.Unreadable => DiagnosticCodes.UnreadableDocument,
            _ => DiagnosticCodes.RuntimeFailure,
        };
        var notes = new List<string>();
        if (failure.ValuePath is { } path)
        {
            notes.Add($"the value is at {path}");
        }

        notes.AddRange(failure.MapCalls.Take(MostMaps).Select(m => $"in map {m}"));
        if (failure.MapCalls.Count > MostMaps)
        {
            notes.Add($"and {failure.MapCalls.Count - MostMaps} more maps");
        }

        return new MappingError(text, new Diagnostic(code, Severity.Error, failure.Message, failure.Source ?? source, failure.Span, Notes: notes));
    }
}
