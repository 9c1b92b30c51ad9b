namespace Mapping.Builtins.Strings.Segmentation;

/// <summary>Values of the Unicode property Sentence_Break, by the names of the standard.</summary>
internal enum SentenceClass : byte
{
    Other,
    ATerm,
    CR,
    Close,
    Extend,
    Format,
    LF,
    Lower,
    Numeric,
    OLetter,
    SContinue,
    STerm,
    Sep,
    Sp,
    Upper,
}
