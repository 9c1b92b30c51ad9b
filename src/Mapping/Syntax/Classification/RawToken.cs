namespace Mapping.Syntax.Classification;

/// <summary>A token as the lexer sees it: a type of <c>BloblangLexer</c> and UTF-16 offsets into the source.</summary>
internal readonly record struct RawToken(int Type, int Start, int End);
