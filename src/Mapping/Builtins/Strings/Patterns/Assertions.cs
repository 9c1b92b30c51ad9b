namespace Mapping.Builtins.Strings.Patterns;

/// <summary>What can be asked of a place between two characters.</summary>
[Flags]
internal enum Assertions : byte
{
    None = 0,

    /// <summary><c>\A</c>, and <c>^</c> without <c>(?m)</c>.</summary>
    TextStart = 1,

    /// <summary><c>\z</c>, and <c>$</c> without <c>(?m)</c>.</summary>
    TextEnd = 2,

    /// <summary><c>(?m)^</c>.</summary>
    LineStart = 4,

    /// <summary><c>(?m)$</c>.</summary>
    LineEnd = 8,

    /// <summary><c>\b</c>, with the word characters of ASCII.</summary>
    WordBoundary = 16,

    /// <summary><c>\B</c>.</summary>
    NotWordBoundary = 32,
}
