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
            ErrorKind.Limit or ErrorKind.Recursion => DiagnosticCodes.LimitExceeded,
            ErrorKind.Unreadable => DiagnosticCodes.UnreadableDocument,
            _ => DiagnosticCodes.RuntimeFailure,
        };
        var notes = new List<string>();
        if (failure.ValuePath is { } path)
        {
            notes.Add($"the value is at {path}");
        }

        notes.AddRange(MapNotes(failure.MapCalls));
        return new MappingError(text, new Diagnostic(code, Severity.Error, failure.Message, failure.Source ?? source, failure.Span, Notes: notes));
    }

    /// <summary>The maps from the inside out, each run of one map on one line.</summary>
    private static IEnumerable<string> MapNotes(IReadOnlyList<string> maps)
    {
        int lines = 0;
        for (int first = 0; first < maps.Count;)
        {
            if (lines++ == MostMaps)
            {
                yield return $"and {maps.Count - first} more calls of maps";
                yield break;
            }

            int next = first;
            while (next < maps.Count && maps[next] == maps[first])
            {
                next++;
            }

            yield return next - first == 1 ? $"in map {maps[first]}" : $"in map {maps[first]}, {next - first} calls deep";
            first = next;
        }
    }
}
