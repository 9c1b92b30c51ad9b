using System.Text;
using Antlr4.Runtime;
using Antlr4.Runtime.Tree;
using Mapping.Diagnostics;
using Mapping.Syntax.Classification;
using Mapping.Text;

namespace Mapping.Syntax.Building;

/// <summary>Builds the syntax tree from the parse tree. Recursion is bounded by the parser's limit on nesting.</summary>
internal sealed partial class SyntaxBuilder(SourceText source, DiagnosticBag diagnostics)
{
    private static SyntaxToken TokenOf(IParseTree node) => (SyntaxToken)((ITerminalNode)node).Symbol;

    private static bool IsToken(IParseTree node, int type) => node is ITerminalNode { Symbol.Type: var actual } && actual == type;

    private static TextSpan SpanOf(ParserRuleContext context) => ((SyntaxToken)context.Start).Span.To(((SyntaxToken)context.Stop).Span);

    private string TextOf(TextSpan span) => source.Content.Substring(span.Start, span.Length);

    /// <summary>A name or quoted string, whatever the position made of it.</summary>
    private NameSyntax Name(SyntaxToken token) => Name(token.Span);

    private NameSyntax Name(TextSpan span)
    {
        if (source.Content[span.Start] == '"')
        {
            return new NameSyntax(Unquote(span), true, span);
        }

        return new NameSyntax(Encoding.UTF8.GetBytes(source.Content, span.Start, span.Length), false, span);
    }
}
