using Mapping.Text;

namespace Mapping.Syntax;

/// <summary>A field with interpolations: <c>text ${! expression } text</c>.</summary>
internal sealed record InterpolationSyntax(IReadOnlyList<InterpolationPartSyntax> Parts, TextSpan Span) : SyntaxNode(Span)
{
    /// <summary>Whether the field is the same for every message.</summary>
    public bool IsStatic => Parts.All(part => part is TextPartSyntax);
}

/// <summary>A part of an interpolated field.</summary>
internal abstract record InterpolationPartSyntax(TextSpan Span) : SyntaxNode(Span);

/// <summary>Plain text; <c>${{! x }}</c> is the text <c>${! x }</c>.</summary>
internal sealed record TextPartSyntax(byte[] Utf8, TextSpan Span) : InterpolationPartSyntax(Span);

/// <summary><c>${! expression }</c>; the span runs from the dollar sign through the brace.</summary>
internal sealed record ExpressionPartSyntax(ExpressionSyntax Expression, TextSpan Span) : InterpolationPartSyntax(Span);
