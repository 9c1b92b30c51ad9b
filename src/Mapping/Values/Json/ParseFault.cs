namespace Mapping.Values.Json;

/// <summary>What is wrong with a text; <see cref="ParseFaults"/> puts it into words.</summary>
internal enum ParseFault
{
    None,
    Empty,
    TooLarge,
    TooDeep,
    TooManyValues,
    TooMuchText,
    ExpectedValue,
    ExpectedValueOrArrayEnd,
    ExpectedKey,
    ExpectedKeyOrObjectEnd,
    ExpectedColon,
    ExpectedCommaOrArrayEnd,
    ExpectedCommaOrObjectEnd,
    TextAfterDocument,
    StringNotClosed,
    ControlInString,
    UnknownEscape,
    BadUnicodeEscape,
    InvalidUtf8,
    BadLiteral,
    LeadingZero,
    DigitExpected,
}
