namespace Mapping.Syntax.Classification;

/// <summary>What makes an invalid token invalid.</summary>
internal enum Problem
{
    None,
    MissingBlankBefore,
    MissingBlankAfter,
    BlankBeforeDot,
    LiteralWithRest,
    NumberWithRest,
    TripleQuotedKey,
    StringNotClosed,
    LineBreakInString,
    TripleNotClosed,
    NotClosed,
    BlockExpected,
    MapBraceOnNextLine,
    FileReferenceNotAlone,
}
