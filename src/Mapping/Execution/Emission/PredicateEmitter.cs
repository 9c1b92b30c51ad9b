using System.Linq.Expressions;
using Mapping.Execution.Sites;
using Mapping.Functions;
using Mapping.Ir;
using Mapping.Values;

namespace Mapping.Execution.Emission;

/// <summary>Code for tests, whose outcome is a number in a register rather than a value: 1, 0, or neither.</summary>
internal sealed class PredicateEmitter(ExpressionEmitter expressions)
{
    private static readonly Expression One = Expression.Constant(1);
    private static readonly Expression Zero = Expression.Constant(0);
    private static readonly Expression Neither = Expression.Constant(Runtime.Neither);

    /// <summary>Whether an expression gives true, false or an error, and nothing else.</summary>
    public static bool IsPredicate(BoundExpression node) => node switch
    {
        BoundNot => true,
        BoundLiteral literal => literal.Value.IsBool,
        BoundChain chain => IsComparison(chain) || chain.Rest.All(o => o.Operator is Operation.And or Operation.Or),
        _ => false,
    };

    /// <summary>A predicate as a value.</summary>
    public Expression Value(BoundExpression node)
    {
        ParameterExpression test = Expression.Variable(typeof(int), "test");
        ParameterExpression other = Instructions.Variable("other");
        return Expression.Block(
            [test, other],
            Expression.Assign(test, Test(node, other)),
            Instructions.Choose(Instructions.IsNeither(test), other, Instructions.FromBool(test)));
    }

    public Expression Test(BoundExpression node, ParameterExpression other)
    {
        switch (node)
        {
            case BoundLiteral { Value: { IsBool: true } known }:
                return known.AsBool() ? One : Zero;
            case BoundNot not:
                return Not(not, other);
            case BoundChain chain when IsComparison(chain):
                return Comparison(chain, other);
            case BoundChain chain when IsPredicate(chain):
                return Decision(chain, other);
            default:
                return Expression.Block(Expression.Assign(other, expressions.Emit(node)), Instructions.Call(Runtime.Truth, other));
        }
    }

    private static bool IsComparison(BoundChain chain) =>
        chain.Rest.Count == 1 && chain.Rest[0].Operator is >= Operation.Equal and <= Operation.GreaterOrEqual;

    private BlockExpression Not(BoundNot node, ParameterExpression other)
    {
        ParameterExpression test = Expression.Variable(typeof(int), "test");
        var site = new NotSite(node, expressions.Source);
        Expression neither = IsPredicate(node.Operand) ? Neither
            : Expression.Block(Expression.Assign(other, Instructions.Call(site.Refuse, other)), Neither);
        return Expression.Block(
            [test],
            Expression.Assign(test, expressions.EmitTest(node.Operand, other)),
            Expression.Condition(Instructions.IsNeither(test), neither, Expression.Subtract(One, test)));
    }

    private BlockExpression Comparison(BoundChain node, ParameterExpression other)
    {
        ParameterExpression left = Instructions.Variable("left");
        ParameterExpression right = Instructions.Variable("right");
        BoundExpression operand = node.Rest[0].Operand;
        var site = new OperatorSite(node, 0, expressions.Source);
        Expression compare = site.Operator switch
        {
            Operation.Equal => Instructions.Call(Runtime.AreEqual, left, right),
            Operation.NotEqual => Instructions.Call(Runtime.AreDifferent, left, right),
            _ => Order(site, left, right, other),
        };
        return Expression.Block(
            [left, right],
            Expression.Assign(left, expressions.Emit(node.First)),
            Unless(
                node.First,
                left,
                other,
                Expression.Block(Expression.Assign(right, expressions.Emit(operand)), Unless(operand, right, other, compare))));
    }

    private BlockExpression Order(OperatorSite site, Expression left, Expression right, ParameterExpression other)
    {
        ParameterExpression test = Expression.Variable(typeof(int), "order");
        Func<OperatorSite, EvaluationContext, Value, Value, int> order = site.Operator switch
        {
            Operation.Less => Runtime.Order<NumberOperation.Less>,
            Operation.LessOrEqual => Runtime.Order<NumberOperation.LessOrEqual>,
            Operation.Greater => Runtime.Order<NumberOperation.Greater>,
            _ => Runtime.Order<NumberOperation.GreaterOrEqual>,
        };
        return Expression.Block(
            [test],
            Expression.Assign(test, Instructions.Call(order, Expression.Constant(site), expressions.Context, left, right)),
            Instructions.If(Instructions.IsNeither(test), Expression.Assign(other, Instructions.Call(site.Fail, left, right, Instructions.Null))),
            test);
    }

    /// <summary><c>a &amp;&amp; b || c</c>: each operator looks at what those before it have decided.</summary>
    private BlockExpression Decision(BoundChain node, ParameterExpression other)
    {
        OperatorSite[] sites = OperatorSite.AllOf(node, expressions.Source);
        ParameterExpression test = Expression.Variable(typeof(int), "decision");
        var code = new List<Expression> { Expression.Assign(test, Condition(node.First, other, sites[0].RefuseLeft)) };
        for (int i = 0; i < sites.Length; i++)
        {
            Expression undecided = Expression.Equal(test, sites[i].Operator == Operation.And ? One : Zero);
            code.Add(Instructions.If(undecided, Expression.Assign(test, Condition(node.Rest[i].Operand, other, sites[i].RefuseRight))));
        }

        code.Add(test);
        return Expression.Block([test], code);
    }

    private Expression Condition(BoundExpression operand, ParameterExpression other, Func<Value, Value> refuse)
    {
        if (IsPredicate(operand))
        {
            return Test(operand, other);
        }

        ParameterExpression test = Expression.Variable(typeof(int), "condition");
        return Expression.Block(
            [test],
            Expression.Assign(other, expressions.Emit(operand)),
            Expression.Assign(test, Instructions.Call(Runtime.Condition, other)),
            Instructions.If(Instructions.IsNeither(test), Expression.Assign(other, Instructions.Call(refuse, other))),
            test);
    }

    /// <summary>The code, unless the operand is an error.</summary>
    private static Expression Unless(BoundExpression node, ParameterExpression operand, ParameterExpression other, Expression code) => node is BoundLiteral
        ? code
        : Expression.Condition(Instructions.IsError(operand), Expression.Block(Expression.Assign(other, operand), Neither), code);
}
