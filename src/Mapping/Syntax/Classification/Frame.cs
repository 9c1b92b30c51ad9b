namespace Mapping.Syntax.Classification;

/// <summary>What the classifier is inside of.</summary>
internal enum FrameKind
{
    /// <summary>The statements of the text itself.</summary>
    Mapping,

    /// <summary>A query alone, as in an interpolated string.</summary>
    Query,

    /// <summary>The braces of a map or if statement.</summary>
    Block,

    /// <summary>The braces of an if expression.</summary>
    Value,

    /// <summary>The braces of a match.</summary>
    Cases,
    Object,
    Array,
    Group,
    Call,

    /// <summary>An if, from its word to its brace; likewise the others.</summary>
    PendingIf,
    PendingElse,
    PendingMatch,
    PendingMap,
}

/// <summary>An open construct.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Opener">The bracket that opened it; null for the outermost and for pending ones.</param>
/// <param name="RawIndex">The index of that bracket among the raw tokens.</param>
/// <param name="OfStatement">Whether the if belongs to a statement.</param>
/// <param name="Base">The index of the nearest frame that is not pending, this one included.</param>
/// <param name="Brace">The index of the nearest frame in braces (or outermost), this one included.</param>
/// <param name="Paren">The index of the nearest frame in parentheses above that brace, or -1.</param>
/// <param name="Bracket">The same for square brackets.</param>
internal readonly record struct Frame(
    FrameKind Kind, SyntaxToken? Opener, int RawIndex, bool OfStatement, int Base, int Brace, int Paren, int Bracket)
{
    public bool IsPending => Kind >= FrameKind.PendingIf;

    /// <summary>Whether line breaks mean nothing here.</summary>
    public bool IsFree => Kind is FrameKind.Object or FrameKind.Array or FrameKind.Group or FrameKind.Call;

    public bool IsStatementList => Kind is FrameKind.Mapping or FrameKind.Block;
}
