using Antlr4.Runtime;
using Mapping.Text;
using static Mapping.Syntax.Generated.BloblangLexer;

namespace Mapping.Syntax.Classification;

/// <summary>
/// All tokens of a part of a text, blanks and comments included, with the brackets paired. The pairs are a first guess that ignores meaning;
/// they tell the classifier what stands in a brace before it has read it, and which brackets nobody closes.
/// </summary>
internal sealed class RawTokens
{
    private readonly List<RawToken> tokens = [];
    private readonly int[] partners;
    private readonly bool[] hasCases;

    public RawTokens(string text, TextSpan part)
    {
        Text = text;
        End = part.End;
        Read(part);
        partners = new int[tokens.Count];
        hasCases = new bool[tokens.Count];
        Array.Fill(partners, -1);
        PairBrackets();
    }

    public string Text { get; }

    /// <summary>The offset behind the last token.</summary>
    public int End { get; }

    public int Count => tokens.Count;

    /// <summary>The token at an index; beyond the end a token of type <see cref="TokenConstants.EOF"/>.</summary>
    public RawToken this[int index] => index < tokens.Count ? tokens[index] : new RawToken(TokenConstants.EOF, End, End);

    /// <summary>The index of the other bracket, or -1.</summary>
    public int PartnerOf(int index) => index < partners.Length ? partners[index] : -1;

    /// <summary>Whether a <c>=></c> stands directly within the brace that opens at the index.</summary>
    public bool HasCases(int index) => hasCases[index];

    public ReadOnlySpan<char> Slice(RawToken token) => Text.AsSpan(token.Start, token.End - token.Start);

    /// <summary>The index of the first token at or after the given one that is neither blank, line break nor comment.</summary>
    public int SkipGap(int index)
    {
        while (this[index].Type is BLANKS or LINE_BREAK or COMMENT)
        {
            index++;
        }

        return index;
    }

    public int SkipBlanks(int index) => this[index].Type == BLANKS ? index + 1 : index;

    private void Read(TextSpan part)
    {
        string source = part.Length == Text.Length ? Text : Text.Substring(part.Start, part.Length);
        var lexer = new Generated.BloblangLexer(new AntlrInputStream(source)) { TokenFactory = RawTokenFactory.Shared };
        lexer.RemoveErrorListeners();
        for (IToken token = lexer.NextToken(); token.Type != TokenConstants.EOF; token = lexer.NextToken())
        {
            tokens.Add(new RawToken(token.Type, part.Start + token.StartIndex, part.Start + token.StopIndex + 1));
        }
    }

    private void PairBrackets()
    {
        var open = new Stack<int>();
        for (int i = 0; i < tokens.Count; i++)
        {
            int type = tokens[i].Type;
            if (type is OPEN_PAREN or OPEN_BRACKET or OPEN_BRACE)
            {
                open.Push(i);
            }
            else if (type == FAT_ARROW && open.TryPeek(out int brace))
            {
                hasCases[brace] = true;
            }
            else if (type is CLOSE_PAREN or CLOSE_BRACKET or CLOSE_BRACE)
            {
                Close(open, i, type);
            }
        }
    }

    private void Close(Stack<int> open, int closer, int type)
    {
        int opener = type == CLOSE_PAREN ? OPEN_PAREN : type == CLOSE_BRACKET ? OPEN_BRACKET : OPEN_BRACE;
        while (open.TryPeek(out int top))
        {
            int topType = tokens[top].Type;
            if (topType != opener && topType == OPEN_BRACE)
            {
                // A brace outranks other brackets: a stray one of those closes nothing.
                return;
            }

            open.Pop();
            if (topType == opener)
            {
                partners[top] = closer;
                partners[closer] = top;
                return;
            }
        }
    }

    /// <summary>One token object for the whole run: only its type and offsets are looked at, at once.</summary>
    private sealed class RawTokenFactory : ITokenFactory
    {
        [ThreadStatic]
        private static CommonToken? reused;

        public static RawTokenFactory Shared { get; } = new();

        public IToken Create(Tuple<ITokenSource, ICharStream> source, int type, string text, int channel, int start, int stop, int line, int charPositionInLine)
        {
            CommonToken token = reused ??= new CommonToken(type);
            token.Type = type;
            token.StartIndex = start;
            token.StopIndex = stop;
            return token;
        }

        public IToken Create(int type, string text) => new CommonToken(type, text);
    }
}
