using System.Linq.Expressions;
using Mapping.Execution.Sites;
using Mapping.Ir;
using Mapping.Text;
using Mapping.Values;

namespace Mapping.Execution.Emission;

/// <summary>Code for the statements of one method; it leaves by the label, with what went wrong.</summary>
internal sealed class StatementEmitter(ExpressionEmitter expressions, ParameterExpression line, LabelTarget end) : IBoundStatementVisitor<Expression>
{
    private static readonly Expression NoError = Expression.Constant(null, typeof(EvaluationError));

    private int currentLine;

    /// <summary>How many <c>if</c> are around what is emitted.</summary>
    private int conditions;

    private SourceText Source => expressions.Source;

    /// <param name="statement">A statement of the mapping or map itself, not one within an <c>if</c>.</param>
    /// <param name="at">The line to tell if it fails.</param>
    public Expression Emit(BoundStatement statement, int at)
    {
        currentLine = at;
        return statement.Accept(this);
    }

    public Expression VisitAssignment(BoundAssignment node)
    {
        ParameterExpression value = Instructions.Variable("value");
        var site = new AssignmentSite(node, Source);
        Expression assign = LeaveOnError(Instructions.Call(site.Assign, expressions.Context, value));
        return Expression.Block(
            [value],
            Expression.Assign(value, expressions.Emit(node.Value)),
            site.IsField ? Instructions.If(Expression.Not(Instructions.Call(site.TryAssign, expressions.Context, value)), assign) : assign);
    }

    public Expression VisitMeta(BoundMetaAssignment node)
    {
        ParameterExpression value = Instructions.Variable("value");
        var site = new MetaAssignmentSite(node, Source);
        return Expression.Block(
            [value],
            Expression.Assign(value, expressions.Emit(node.Value)),
            LeaveOnError(Instructions.Call(site.Assign, expressions.Context, value)));
    }

    public Expression VisitLet(BoundLet node)
    {
        ParameterExpression value = Instructions.Variable("value");
        LabelTarget unset = Expression.Label("unset");
        Expression assigned = expressions.Emit(node.Value);
        expressions.Unit.NoteAssigned(node.Slot, conditions == 0 && IsNeverEmpty(node.Value));
        Expression special = Expression.Block(
            Instructions.If(Instructions.IsError(value), Leave(Instructions.Call(Runtime.AsError, value))),
            Instructions.If(Instructions.IsNothing(value), Expression.Goto(unset)),
            Expression.Assign(value, Instructions.Call(VariableSite.Kept, value)));
        return Expression.Block(
            [value],
            Expression.Assign(value, assigned),
            Instructions.If(Expression.Not(Instructions.Call(Runtime.IsPlain, value)), special),
            expressions.Unit.Write(node.Slot, value),
            Expression.Label(unset));
    }

    public Expression VisitIf(BoundIfStatement node)
    {
        ParameterExpression other = Instructions.Variable("other");
        ParameterExpression test = Expression.Variable(typeof(int), "test");
        LabelTarget done = Expression.Label("done");
        ConditionSite[] sites = ConditionSite.AllOf(node, Source);
        var code = new List<Expression>();
        conditions++;
        for (int i = 0; i < sites.Length; i++)
        {
            BoundStatementBranch branch = node.Branches[i];
            code.Add(Expression.Assign(test, expressions.EmitTest(branch.Condition, other)));
            code.Add(Instructions.If(Instructions.IsTrue(test), Expression.Block([.. branch.Body.Select(s => s.Accept(this)), Expression.Goto(done)])));
            code.Add(Instructions.If(Instructions.IsNeither(test), Leave(Instructions.Call(Runtime.AsError, Instructions.Call(sites[i].Fail, other)))));
        }

        code.AddRange(node.Else.Select(s => s.Accept(this)));
        conditions--;
        code.Add(Expression.Label(done));
        return Expression.Block([other, test], code);
    }

    private static bool IsNeverEmpty(BoundExpression value) => value switch
    {
        BoundLiteral literal => !literal.Value.IsSentinel,
        BoundObject or BoundArray => true,
        BoundChain chain => chain.Rest.All(o => o.Operator != Operation.Coalesce),
        BoundSteps { Steps: [.., BoundMethodStep { Call: var call }] } => call.Builtin.GivesValues,
        BoundFunctionCall { Call: var call } => call.Builtin.GivesValues,
        _ => false,
    };

    private BlockExpression LeaveOnError(Expression outcome)
    {
        ParameterExpression error = Expression.Variable(typeof(EvaluationError), "error");
        return Expression.Block([error], Expression.Assign(error, outcome), Instructions.If(Expression.ReferenceNotEqual(error, NoError), Leave(error)));
    }

    private BlockExpression Leave(Expression error) =>
        Expression.Block(Expression.Assign(line, Expression.Constant(currentLine)), Expression.Return(end, error));
}
