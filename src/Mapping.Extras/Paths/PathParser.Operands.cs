using Mapping.Values;

namespace Mapping.Extras.Paths;

/// <summary>What stands between operators.</summary>
internal sealed partial class PathParser
{
    private PathNode Operand()
    {
        PathToken start = token;
        switch (start.Kind)
        {
            case PathTokenKind.Number or PathTokenKind.Text:
                Advance();
                return new ConstantNode(start.Value);
            case PathTokenKind.Name:
                Advance();
                return Named(start.Spelling);
            case PathTokenKind.Symbol when start.Spelling is "$" or "@":
                Advance();
                return new PathQueryNode(start.Spelling == "@", Segments());
            case PathTokenKind.Symbol when start.Spelling is "-" or "!" or "~":
                Advance();
                return Prefix(start.Spelling[0]);
            case PathTokenKind.Symbol when start.Spelling == "(":
                Advance();
                PathNode inner = Expression();
                Take(")");
                return inner;
            case PathTokenKind.Symbol when start.Spelling == "[":
                Advance();
                return new ArrayLiteralNode(List("]"));
            case PathTokenKind.Symbol when start.Spelling == "{":
                Advance();
                return ObjectLiteral();
            default:
                Refuse("a value or a path");
                return Nothing;
        }
    }

    private PathNode Prefix(char symbol)
    {
        if (++nesting > MostNesting)
        {
            problem ??= "the expression is nested too deeply";
            return Nothing;
        }

        PathNode operand = Operand();
        nesting--;
        return symbol == '-' && operand is ConstantNode { Value.IsFloat64: true } number
            ? new ConstantNode(Value.FromFloat64(-number.Value.AsFloat64()))
            : new PrefixNode(symbol, operand);
    }

    private PathNode Named(string name)
    {
        switch (name)
        {
            case "true" or "false":
                return new ConstantNode(Value.FromBool(name == "true"));
            case "null" or "nil":
                return Nothing;
        }

        var keys = new List<PathNode> { KeyOf(name) };
        while (problem is null)
        {
            if (token.Is("("))
            {
                return Call(name);
            }

            if (TryTake("."))
            {
                name = token.Spelling;
                keys.Add(KeyOf(Name()));
            }
            else if (TryTake("["))
            {
                keys.Add(Expression());
                Take("]");
            }
            else
            {
                break;
            }
        }

        return new VariableNode(keys);
    }

    private PathNode Call(string name)
    {
        Advance();
        List<PathNode> arguments = List(")");
        if (name == "date" && arguments.Count == 1)
        {
            return new DateNode(arguments[0]);
        }

        problem ??= name == "date" ? "date() expects one argument" : $"there is no function {name}";
        return Nothing;
    }

    private List<PathNode> List(string end)
    {
        var elements = new List<PathNode>();
        while (problem is null && !TryTake(end))
        {
            elements.Add(Expression());
            if (!token.Is(end))
            {
                Take(",");
            }
        }

        return elements;
    }

    private ObjectLiteralNode ObjectLiteral()
    {
        var members = new List<(PathNode, PathNode)>();
        while (problem is null && !TryTake("}"))
        {
            PathNode key = Expression();
            Take(":");
            members.Add((key, Expression()));
            if (!token.Is("}"))
            {
                Take(",");
            }
        }

        return new ObjectLiteralNode(members);
    }

    private string Name()
    {
        string name = token.Spelling;
        if (token.Kind != PathTokenKind.Name)
        {
            Refuse("a name");
        }

        Advance();
        return name;
    }

    private static ConstantNode KeyOf(string name) => new(Value.FromString(name));
}
