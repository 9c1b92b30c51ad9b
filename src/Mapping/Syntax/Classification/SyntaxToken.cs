using Antlr4.Runtime;
using Mapping.Text;

namespace Mapping.Syntax.Classification;

/// <summary>A token the parser sees: what it means at its position, and what is needed to speak about it when it is wrong.</summary>
internal sealed class SyntaxToken(int type, TextSpan span) : IToken
{
    public int Type { get; } = type;

    public TextSpan Span { get; } = span;

    /// <summary>Why the token can't be right, on an invalid one.</summary>
    public Problem Problem { get; init; }

    /// <summary>How many brackets are open around it; a bracket itself counts as outside.</summary>
    public int Depth { get; init; }

    /// <summary>Whether a value should have begun here.</summary>
    public bool AtOperand { get; init; }

    /// <summary>Whether a blank, line break or comment stands before it.</summary>
    public bool AfterGap { get; init; }

    /// <summary>The innermost open bracket, or null.</summary>
    public SyntaxToken? Opener { get; init; }

    public int TokenIndex { get; set; }

    int IToken.StartIndex => Span.Start;

    int IToken.StopIndex => Span.End - 1;

    string? IToken.Text => null;

    int IToken.Line => 0;

    int IToken.Column => 0;

    int IToken.Channel => TokenConstants.DefaultChannel;

    ITokenSource? IToken.TokenSource => null;

    ICharStream? IToken.InputStream => null;
}
