using System.Globalization;
using System.Linq.Expressions;
using System.Reflection;
using System.Text;
using Mapping.Values;

namespace Mapping.Tests.Execution;

/// <summary>
/// Prints generated code: what fits on a line on one line, all else with its parts below. Names that compilers give and objects
/// that code refers to are left out, so that the text is the same for the same code.
/// </summary>
internal sealed class CodePrinter
{
    private const int LongestLine = 140;

    private static readonly Dictionary<ExpressionType, string> Operators = new()
    {
        [ExpressionType.Equal] = "==",
        [ExpressionType.NotEqual] = "!=",
        [ExpressionType.LessThan] = "<",
        [ExpressionType.GreaterThan] = ">",
        [ExpressionType.LessThanOrEqual] = "<=",
        [ExpressionType.GreaterThanOrEqual] = ">=",
        [ExpressionType.AndAlso] = "&&",
        [ExpressionType.OrElse] = "||",
        [ExpressionType.And] = "&",
        [ExpressionType.Or] = "|",
        [ExpressionType.Add] = "+",
        [ExpressionType.Subtract] = "-",
        [ExpressionType.Multiply] = "*",
    };

    private readonly StringBuilder text = new();
    private int level;

    public static string Print(IReadOnlyList<LambdaExpression> methods)
    {
        var printer = new CodePrinter();
        printer.Line(string.Create(CultureInfo.InvariantCulture, $"{methods.Count} methods, {methods.Sum(NodeCounter.Count)} nodes"));
        foreach (LambdaExpression method in methods)
        {
            printer.Line(string.Empty);
            printer.Line($"{method.Name}({string.Join(", ", method.Parameters.Select(p => p.Name))}): {NodeCounter.Count(method)} nodes");
            printer.Nested(method.Body);
        }

        return printer.text.ToString();
    }

    private void Statement(Expression node)
    {
        if (node is DefaultExpression && node.Type == typeof(void))
        {
            return;
        }

        if (Inline(node) is { } line && line.Length + (2 * level) <= LongestLine)
        {
            Line(line);
            return;
        }

        switch (node)
        {
            case BlockExpression block:
                Block(block);
                break;
            case ConditionalExpression choice:
                Part("if", choice.Test);
                Line("then");
                Nested(choice.IfTrue);
                if (choice.IfFalse is not DefaultExpression { Type: var type } || type != typeof(void))
                {
                    Line("else");
                    Nested(choice.IfFalse);
                }

                break;
            case BinaryExpression { NodeType: ExpressionType.Assign } assignment:
                Part($"{Inline(assignment.Left)} =", assignment.Right);
                break;
            default:
                Line(Head(node));
                Nested([.. Parts(node)]);
                break;
        }
    }

    private void Block(BlockExpression block)
    {
        if (block.Variables.Count > 0)
        {
            Line($"var {string.Join(", ", block.Variables.Select(Name))}");
        }

        foreach (Expression step in block.Expressions)
        {
            Statement(step);
        }
    }

    private void Part(string head, Expression node)
    {
        if (Inline(node) is { } line && head.Length + line.Length + (2 * level) < LongestLine)
        {
            Line($"{head} {line}");
            return;
        }

        Line(head);
        Nested(node);
    }

    private void Nested(params Expression[] nodes)
    {
        level++;
        foreach (Expression node in nodes)
        {
            Statement(node);
        }

        level--;
    }

    private void Line(string line) => text.Append(line.Length == 0 ? string.Empty : new string(' ', 2 * level)).Append(line).Append('\n');

    /// <summary>Null for what never stands on one line.</summary>
    private static string? Inline(Expression node)
    {
        if (node is BlockExpression || (node is ConditionalExpression && node.Type == typeof(void)))
        {
            return null;
        }

        string?[] parts = [.. Parts(node).Select(Inline)];
        return Array.Exists(parts, p => p is null) ? null : node switch
        {
            BinaryExpression { NodeType: ExpressionType.Assign } => $"{parts[0]} = {parts[1]}",
            BinaryExpression binary => $"({parts[0]} {Operators.GetValueOrDefault(binary.NodeType, binary.NodeType.ToString())} {parts[1]})",
            ConditionalExpression => $"({parts[0]} ? {parts[1]} : {parts[2]})",
            MemberExpression { Member: var member } => $"{parts.FirstOrDefault() ?? member.DeclaringType!.Name}.{member.Name}",
            MethodCallExpression or InvocationExpression or NewExpression or UnaryExpression => $"{Head(node)}({string.Join(", ", parts)})",
            GotoExpression or LabelExpression => $"{Head(node)} {string.Join(" ", parts)}".TrimEnd(),
            _ when parts.Length == 0 => Head(node),
            _ => $"{Head(node)}({string.Join(", ", parts)})",
        };
    }

    private static string Head(Expression node) => node switch
    {
        ParameterExpression parameter => Name(parameter),
        ConstantExpression constant => Shown(constant),
        DefaultExpression => $"default {node.Type.Name}",
        MethodCallExpression call => Method(call.Method),
        InvocationExpression => "invoke",
        NewExpression => $"new {node.Type.Name}",
        GotoExpression leave => $"goto {leave.Target.Name}",
        LabelExpression label => $"{label.Target.Name}:",
        _ => node.NodeType.ToString(),
    };

    private static System.Collections.ObjectModel.ReadOnlyCollection<Expression> Parts(Expression node) => node switch
    {
        BinaryExpression binary => [binary.Left, binary.Right],
        ConditionalExpression choice => [choice.Test, choice.IfTrue, choice.IfFalse],
        MethodCallExpression { Object: { } target } call => [target, .. call.Arguments],
        MethodCallExpression call => call.Arguments,
        InvocationExpression call => [call.Expression, .. call.Arguments],
        NewExpression made => made.Arguments,
        UnaryExpression unary => [unary.Operand],
        MemberExpression { Expression: { } target } => [target],
        GotoExpression { Value: { } value } => [value],
        LabelExpression { DefaultValue: { } value } => [value],
        ParameterExpression or ConstantExpression or DefaultExpression or MemberExpression or GotoExpression or LabelExpression => [],
        _ => throw new NotSupportedException($"the printer does not know {node.NodeType} yet"),
    };

    private static string Name(ParameterExpression parameter) => parameter.Name ?? $"a {parameter.Type.Name}";

    /// <summary>Lambdas are told by the type around them: the numbers in their names change with their neighbours.</summary>
    private static string Method(MethodInfo method)
    {
        Type? type = method.DeclaringType;
        while (type is { DeclaringType: { } outer } && type.Name.StartsWith('<'))
        {
            type = outer;
        }

        string generic = method.IsGenericMethod ? $"<{string.Join(", ", method.GetGenericArguments().Select(a => a.Name))}>" : string.Empty;
        return $"{type?.Name}.{(method.Name.StartsWith('<') ? "lambda" : method.Name)}{generic}";
    }

    private static string Shown(ConstantExpression constant) => constant.Value switch
    {
        null => "null",
        string or bool => JsonText(constant.Value),
        int or uint or long => string.Create(CultureInfo.InvariantCulture, $"{constant.Value}"),
        Value { IsText: true } value => JsonText(Encoding.UTF8.GetString(value.AsSpan())),
        Value value => value.Kind.ToString(),
        _ => $"[{TypeName(constant.Value.GetType())}]",
    };

    private static string JsonText(object value) => System.Text.Json.JsonSerializer.Serialize(value);

    private static string TypeName(Type type) => type.Name.StartsWith('<') ? "closure" : type.Name;

    private sealed class NodeCounter : ExpressionVisitor
    {
        private int nodes;

        public static int Count(Expression tree)
        {
            var counter = new NodeCounter();
            counter.Visit(tree);
            return counter.nodes;
        }

        public override Expression? Visit(Expression? node)
        {
            nodes += node is null ? 0 : 1;
            return base.Visit(node);
        }
    }
}
