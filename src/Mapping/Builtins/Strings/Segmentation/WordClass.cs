namespace Mapping.Builtins.Strings.Segmentation;

/// <summary>Values of the Unicode property Word_Break, by the names of the standard.</summary>
internal enum WordClass : byte
{
    Other,
    ALetter,
    CR,
    DoubleQuote,
    Extend,
    ExtendNumLet,
    Format,
    HebrewLetter,
    Katakana,
    LF,
    MidLetter,
    MidNum,
    MidNumLet,
    Newline,
    Numeric,
    RegionalIndicator,
    SingleQuote,
    WSegSpace,
    ZWJ,
}

/// <summary>Whether a code point has the property Extended_Pictographic.</summary>
internal enum EmojiClass : byte
{
    Other,
    ExtendedPictographic,
}
