using Mapping.Text;

namespace Mapping.Syntax;

/// <summary>A whole mapping text.</summary>
internal abstract record MappingSyntax(TextSpan Span) : SyntaxNode(Span);

/// <summary><c>root.a = 1 ⏎ let x = 2 ...</c></summary>
internal sealed record StatementsSyntax(IReadOnlyList<StatementSyntax> Statements, TextSpan Span) : MappingSyntax(Span);

/// <summary>An expression alone, short for <c>root = expression</c>.</summary>
internal sealed record ShorthandSyntax(ExpressionSyntax Value, TextSpan Span) : MappingSyntax(Span);

/// <summary><c>from "file.blobl"</c> as the whole text.</summary>
internal sealed record FileReferenceSyntax(NameSyntax Path, TextSpan Span) : MappingSyntax(Span);
