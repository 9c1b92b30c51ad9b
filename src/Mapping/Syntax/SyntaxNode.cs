using Mapping.Text;

namespace Mapping.Syntax;

/// <summary>A node of the syntax tree: what was written, nothing resolved. Every node knows its span.</summary>
internal abstract record SyntaxNode(TextSpan Span);

/// <summary>A quoted string or a bare name: its bytes (escapes resolved, possibly invalid UTF-8) and where it stands.</summary>
internal sealed record NameSyntax(byte[] Utf8, bool Quoted, TextSpan Span) : SyntaxNode(Span)
{
    public string Text => System.Text.Encoding.UTF8.GetString(Utf8);
}
