using Mapping.Builtins.Strings.Patterns;
using Mapping.Values;

namespace Mapping.Extras.Paths;

/// <summary>Reads a path expression by precedence climbing. After the first problem nothing that is read matters any more.</summary>
internal sealed partial class PathParser
{
    private const int MostNesting = 200;
    private const int MostOperators = 1000;

    private static readonly ConstantNode Nothing = new(Value.Null);

    private readonly PathLexer lexer;
    private PathToken token;
    private int nesting;
    private int operators;
    private string? problem;

    private PathParser(string text)
    {
        lexer = new PathLexer(text);
        token = lexer.Next();
    }

    /// <summary>The expression, or null and what is wrong with it.</summary>
    public static PathNode? TryParse(string text, out string? problem)
    {
        var parser = new PathParser(text);
        PathNode expression = parser.Expression();
        if (parser.token.Kind != PathTokenKind.End)
        {
            parser.Refuse("an operator or the end");
        }

        problem = parser.problem;
        return problem is null ? expression : null;
    }

    private PathNode Expression(int least = 0)
    {
        if (++nesting > MostNesting)
        {
            problem ??= "the expression is nested too deeply";
            return Nothing;
        }

        PathNode left = Operand();
        while (problem is null)
        {
            int before = lexer.Position;
            PathToken first = token;
            string name = Operator();
            bool isCondition = name == "?" && least == 0;
            if (!isCondition && (!PathOperators.Precedences.TryGetValue(name, out int precedence) || precedence < least))
            {
                // Given back: it belongs to what is around.
                token = first;
                lexer.Position = before;
                break;
            }

            if (++operators > MostOperators)
            {
                problem = $"the expression has more than {MostOperators} operators";
                break;
            }

            Advance();
            left = isCondition ? Condition(left) : Infix(name, left, Expression(PathOperators.Precedences[name] + 1));
        }

        nesting--;
        return left;
    }

    /// <summary>The longest operator that starts with the current token; empty when there is none.</summary>
    private string Operator()
    {
        if (token.Kind == PathTokenKind.Name)
        {
            return token.Spelling == "in" ? "in" : string.Empty;
        }

        if (token.Kind != PathTokenKind.Symbol)
        {
            return string.Empty;
        }

        string name = token.Spelling;
        while (PathOperators.Precedences.ContainsKey(name + lexer.Adjacent))
        {
            name += lexer.Adjacent;
            lexer.Position++;
        }

        return name;
    }

    private ConditionNode Condition(PathNode condition)
    {
        PathNode then = Expression();
        PathNode otherwise = Nothing;
        if (token.Is(":"))
        {
            Advance();
            otherwise = Expression();
        }
        else if (token.Kind != PathTokenKind.End)
        {
            Refuse(": or the end");
        }

        return new ConditionNode(condition, then, otherwise);
    }

    private PathNode Infix(string name, PathNode left, PathNode right)
    {
        if (name is not ("=~" or "!~"))
        {
            return new BinaryNode(name, left, right);
        }

        Pattern? pattern = null;
        if (right is ConstantNode { Value.IsText: true } text && !Pattern.TryCompile(text.Value.AsHostString(), out pattern, out string? wrong))
        {
            problem ??= wrong;
        }

        return new MatchNode(name == "!~", left, right, pattern);
    }

    private void Advance() => token = lexer.Next();

    private bool TryTake(string symbol)
    {
        bool found = token.Is(symbol);
        if (found)
        {
            Advance();
        }

        return found;
    }

    private void Take(string symbol)
    {
        if (!TryTake(symbol))
        {
            Refuse(symbol);
        }
    }

    private void Refuse(string expected) => problem ??= $"expected {expected}, found {token}";
}
