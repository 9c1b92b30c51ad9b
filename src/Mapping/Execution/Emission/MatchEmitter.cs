using System.Linq.Expressions;
using Mapping.Execution.Sites;
using Mapping.Ir;
using Mapping.Values;

namespace Mapping.Execution.Emission;

/// <summary>Code for <c>match</c>.</summary>
internal sealed class MatchEmitter(ExpressionEmitter expressions)
{
    private readonly ParameterExpression subject = Instructions.Variable("subject");
    private readonly ParameterExpression value = Instructions.Variable("value");
    private readonly ParameterExpression other = Instructions.Variable("other");
    private readonly ParameterExpression test = Expression.Variable(typeof(int), "test");
    private readonly LabelTarget end = Expression.Label("end");

    public Expression Emit(BoundMatch node)
    {
        Expression start = node.Subject is { } written ? expressions.Emit(written) : Instructions.Call(Runtime.DocumentOrNull, expressions.Context);
        var code = new List<Expression>
        {
            Expression.Assign(subject, start),
            Instructions.If(Instructions.IsError(subject), Leave(subject)),
            expressions.Unit.Write(node.Slot, subject),
        };
        bool isComplete = false;
        for (int i = 0; i < node.Cases.Count && !isComplete; i++)
        {
            isComplete = node.Cases[i].Pattern is null;
            Add(code, node.Cases[i], i);
        }

        if (!isComplete)
        {
            code.Add(Expression.Assign(value, Instructions.Constant(Value.Nothing)));
        }

        code.Add(Expression.Label(end));
        code.Add(value);
        return Expression.Block([subject, value, other, test], code);
    }

    private void Add(List<Expression> code, BoundCase one, int index)
    {
        Expression take = Leave(expressions.Emit(one.Value));
        var site = new CaseSite(one, index);
        switch (one.Pattern)
        {
            case null:
                code.Add(take);
                return;
            case BoundLiteral literal:
                code.Add(Instructions.If(Instructions.Call(site.IsTaken, subject, Instructions.Constant(literal.Value)), take));
                return;
            case { } pattern:
                code.Add(Expression.Assign(test, expressions.EmitTest(pattern, other)));
                code.Add(Instructions.If(Instructions.IsTrue(test), take));
                Expression fails = PredicateEmitter.IsPredicate(pattern)
                    ? Instructions.IsNeither(test)
                    : Expression.AndAlso(Instructions.IsNeither(test), Instructions.IsError(other));
                code.Add(Instructions.If(fails, Leave(Instructions.Call(site.Fail, other))));
                return;
        }
    }

    private BlockExpression Leave(Expression with) => Expression.Block(Expression.Assign(value, with), Expression.Goto(end));
}
