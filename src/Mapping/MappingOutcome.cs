using Mapping.Diagnostics;

namespace Mapping;

/// <summary>What became of a message.</summary>
public enum MappingOutcome
{
    /// <summary>The mapping assigned nothing: the original bytes stand.</summary>
    Unchanged,

    /// <summary>A new body was made.</summary>
    Mapped,

    /// <summary>The mapping removed the message.</summary>
    Deleted,

    /// <summary>A statement failed; the message stands as it was.</summary>
    Failed,
}

/// <summary>Why a mapping failed on a message.</summary>
/// <param name="Text">On one line, as in <c>failed assignment (line 3): ...</c>.</param>
/// <param name="Diagnostic">The place in the mapping, the cause, the path of the value and the maps that were being applied.</param>
public sealed record MappingError(string Text, Diagnostic Diagnostic);

/// <summary>A mapping text that cannot be compiled; says everything that is wrong with it.</summary>
public sealed class MappingException(IReadOnlyList<Diagnostic> diagnostics)
    : Exception(string.Join("\n", diagnostics))
{
    public IReadOnlyList<Diagnostic> Diagnostics { get; } = diagnostics;
}
