using Antlr4.Runtime;
using Antlr4.Runtime.Misc;
using static Mapping.Syntax.Generated.BloblangLexer;

namespace Mapping.Syntax.Classification;

/// <summary>The classified tokens as the generated parser reads them.</summary>
internal sealed class SyntaxTokenStream(IReadOnlyList<SyntaxToken> tokens) : ITokenStream
{
    public int Index { get; private set; }

    public int Size => tokens.Count;

    public string SourceName => "mapping";

    public ITokenSource? TokenSource => null;

    public SyntaxToken Current => tokens[Index];

    public SyntaxToken this[int index] => tokens[index];

    public int LA(int i) => LT(i).Type;

    public IToken LT(int k) => tokens[Math.Clamp(k > 0 ? Index + k - 1 : Index + k, 0, tokens.Count - 1)];

    public void Consume()
    {
        if (Index < tokens.Count - 1)
        {
            Index++;
        }
    }

    public IToken Get(int i) => tokens[i];

    public void Seek(int index) => Index = index;

    public int Mark() => -1;

    public void Release(int marker)
    {
    }

    public string GetText(Interval interval) => string.Empty;

    public string GetText() => string.Empty;

    public string GetText(RuleContext ctx) => string.Empty;

    public string GetText(IToken start, IToken stop) => string.Empty;

    /// <summary>
    /// Skips the rest of what began at the given depth: through its <see cref="END"/> (or comma, for a match case), or up to the bracket
    /// that closes around it.
    /// </summary>
    public void SkipToEnd(int depth, bool commaEnds)
    {
        while (Current.Type != TokenConstants.EOF && Current.Depth >= depth)
        {
            bool ends = Current.Depth == depth && (Current.Type == END || (commaEnds && Current.Type == COMMA));
            Consume();
            if (ends)
            {
                return;
            }
        }
    }
}
