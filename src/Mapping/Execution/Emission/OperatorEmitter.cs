using System.Linq.Expressions;
using Mapping.Execution.Sites;
using Mapping.Functions;
using Mapping.Ir;
using Mapping.Values;

namespace Mapping.Execution.Emission;

/// <summary>Code for operator chains that give any value.</summary>
internal sealed class OperatorEmitter(ExpressionEmitter expressions)
{
    public Expression Chain(BoundChain node)
    {
        if (ConcatenationSite.Fits(node))
        {
            return Concatenation(node);
        }

        return FloatEmitter.Fits(node) && !expressions.IsGeneral
            ? new FloatEmitter(expressions).Emit(node, expressions.EmitGeneral(() => General(node)))
            : General(node);
    }

    private BlockExpression General(BoundChain node)
    {
        OperatorSite[] sites = OperatorSite.AllOf(node, expressions.Source);
        ParameterExpression left = Instructions.Variable("left");
        ParameterExpression before = Expression.Variable(typeof(bool), "before");
        int caught = CaughtFailures.LastIn(node);
        var code = new List<Expression>();
        if (caught >= 0)
        {
            code.Add(Expression.Assign(before, Instructions.Call(Wording.Set, Expression.Constant(true))));
        }

        code.Add(Expression.Assign(left, expressions.Emit(node.First)));
        for (int i = 0; i < sites.Length; i++)
        {
            if (i == caught)
            {
                code.Add(Instructions.Call(Wording.Set, before));
            }

            code.Add(Step(sites[i], left, node.Rest[i].Operand));
        }

        code.Add(left);
        return Expression.Block(caught < 0 ? [left] : [left, before], code);
    }

    private Expression Concatenation(BoundChain node)
    {
        var site = new ConcatenationSite(node, expressions.Source);
        Expression[] operands = [expressions.Emit(node.First), .. node.Rest.Select(o => expressions.Emit(o.Operand))];
        return operands.Length == 2
            ? Instructions.Call((Func<EvaluationContext, Value, Value, Value>)site.Join, expressions.Context, operands[0], operands[1])
            : Instructions.Call((Func<EvaluationContext, Value, Value, Value, Value>)site.Join, expressions.Context, operands[0], operands[1], operands[2]);
    }

    private Expression Step(OperatorSite site, ParameterExpression left, BoundExpression operand)
    {
        ParameterExpression right = Instructions.Variable("right");
        Expression evaluate = Expression.Assign(right, expressions.Emit(operand));
        switch (site.Operator)
        {
            case Operation.Coalesce:
                return Instructions.If(Instructions.Call(OperatorSite.IsMissing, left), Expression.Assign(left, expressions.Emit(operand)));
            case Operation.And or Operation.Or:
                return Expression.Block(
                    Expression.Assign(left, Instructions.Call(site.DecideAlone, left)),
                    Instructions.If(
                        Instructions.IsNothing(left),
                        Expression.Block([right], evaluate, Expression.Assign(left, Instructions.Call(site.Decide, right)))));
            default:
                Expression apply = Apply(site, left, right);
                Expression result = operand is BoundLiteral ? apply : Instructions.Choose(Instructions.IsError(right), right, apply);
                return Instructions.If(Expression.Not(Instructions.IsError(left)), Expression.Block([right], evaluate, Expression.Assign(left, result)));
        }
    }

    private Expression Apply(OperatorSite site, Expression left, Expression right)
    {
        Func<OperatorSite, EvaluationContext, Value, Value, Value>? calculate = site.Operator switch
        {
            Operation.Add => Runtime.Calculate<NumberOperation.Add>,
            Operation.Subtract => Runtime.Calculate<NumberOperation.Subtract>,
            Operation.Multiply => Runtime.Calculate<NumberOperation.Multiply>,
            Operation.Divide => Runtime.Calculate<NumberOperation.Divide>,
            _ => null,
        };
        return calculate is null
            ? Instructions.Call(site.Apply, expressions.Context, left, right)
            : Instructions.Call(calculate, Expression.Constant(site), expressions.Context, left, right);
    }
}
