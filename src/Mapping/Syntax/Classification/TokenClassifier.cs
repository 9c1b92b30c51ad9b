using Antlr4.Runtime;
using Mapping.Text;
using static Mapping.Syntax.Generated.BloblangLexer;

namespace Mapping.Syntax.Classification;

/// <summary>
/// Gives every token its meaning by position: keywords, names and numbers, signs, the kinds of braces, which blanks are missing and which
/// line breaks end something. It never fails: what it can't place it passes on, and the parser stumbles over it.
/// </summary>
internal sealed partial class TokenClassifier
{
    private readonly RawTokens raw;
    private readonly List<SyntaxToken> output;
    private readonly List<Frame> frames = [];

    /// <summary>The next raw token.</summary>
    private int at;

    /// <summary>Whether a value is expected next; otherwise a value just ended.</summary>
    private bool operand = true;

    private bool statementStart;
    private bool firstStatement;
    private Gap gap;

    /// <summary>Lambdas that are open, counted to bound the nesting; by frame, so that a comma ends them.</summary>
    private int lambdas;

    private TokenClassifier(RawTokens raw)
    {
        this.raw = raw;
        output = new List<SyntaxToken>((raw.Count * 2 / 3) + 8);
    }

    /// <summary>An upper bound of how deep the text nests.</summary>
    public int Nesting { get; private set; }

    /// <summary>The last token passed on, or null.</summary>
    private SyntaxToken? Previous => output.Count > 0 ? output[^1] : null;

    private int PreviousType => output.Count > 0 ? output[^1].Type : TokenConstants.EOF;

    private Frame Top => frames[^1];

    /// <summary>The innermost bracket.</summary>
    private Frame Inner => frames[Top.Base];

    public static ClassifiedText ClassifyMapping(SourceText source)
        => Classify(source, new TextSpan(0, source.Content.Length), FrameKind.Mapping);

    public static ClassifiedText ClassifyQuery(SourceText source, TextSpan part)
        => Classify(source, part, FrameKind.Query);

    private static ClassifiedText Classify(SourceText source, TextSpan part, FrameKind kind)
    {
        var classifier = new TokenClassifier(new RawTokens(source.Content, part));
        classifier.Run(kind);
        return new ClassifiedText(classifier.output, classifier.Nesting);
    }

    private void Run(FrameKind kind)
    {
        Push(kind, null);
        statementStart = firstStatement = kind == FrameKind.Mapping;
        while (true)
        {
            ReadGap();
            if (gap.HasBreak)
            {
                PlaceLineBreak();
            }

            if (raw[at].Type == TokenConstants.EOF)
            {
                break;
            }

            PlaceToken();
        }

        Finish();
    }

    private void PlaceToken()
    {
        if (raw[at].Type is STRING_OPEN or TRIPLE_OPEN)
        {
            PlaceUnclosedString();
        }
        else if (statementStart && raw[at].Type != CLOSE_BRACE)
        {
            PlaceStatementHead();
        }
        else if (operand)
        {
            PlaceOperand();
        }
        else
        {
            PlaceOperator();
        }
    }

    private void Finish()
    {
        if (Inner.Kind == FrameKind.Mapping && !statementStart)
        {
            Emit(END, new TextSpan(raw.End, 0));
        }

        Emit(TokenConstants.EOF, new TextSpan(raw.End, 0));
    }

    /// <summary>Passes on the next raw token with the given type.</summary>
    private SyntaxToken Take(int type, Problem problem = Problem.None)
    {
        RawToken token = raw[at++];
        return Emit(type, TextSpan.FromBounds(token.Start, token.End), problem);
    }

    private SyntaxToken Emit(int type, TextSpan span, Problem problem = Problem.None)
    {
        Frame inner = Inner;
        var token = new SyntaxToken(type, span)
        {
            Problem = problem,
            Depth = BracketDepth(),
            AtOperand = operand,
            AfterGap = gap.Length > 0,
            Opener = inner.Opener,
            TokenIndex = output.Count,
        };
        output.Add(token);
        return token;
    }

    private bool NextIs(int type, int ahead = 1) => raw[at + ahead].Type == type;

    private bool WordIs(string word) => WordIs(at, word);

    private bool WordIs(int index, string word) => raw[index].Type == WORD && raw.Slice(raw[index]).SequenceEqual(word);
}

/// <summary>The tokens for the parser, and an upper bound of how deep they nest.</summary>
internal sealed record ClassifiedText(IReadOnlyList<SyntaxToken> Tokens, int Nesting);
