using Mapping.Execution.Sites;
using Mapping.Functions;
using Mapping.Ir;
using Mapping.Text;
using Mapping.Values;

namespace Mapping.Execution;

/// <summary>Compiles statements to closures that change the document under construction, metadata and variables.</summary>
internal sealed class StatementCompiler(SourceText source) : IBoundStatementVisitor<StatementRunner>
{
    private readonly ExpressionCompiler expressions = new(source);

    public StatementRunner VisitAssignment(BoundAssignment node)
    {
        Evaluator value = expressions.Compile(node.Value);
        var site = new AssignmentSite(node, source);
        if (!site.IsField)
        {
            return context => site.Assign(context, value(context));
        }

        return context =>
        {
            Value assigned = value(context);
            return site.TryAssign(context, assigned) ? null : site.Assign(context, assigned);
        };
    }

    public StatementRunner VisitMeta(BoundMetaAssignment node)
    {
        Evaluator value = expressions.Compile(node.Value);
        var site = new MetaAssignmentSite(node, source);
        return context => site.Assign(context, value(context));
    }

    public StatementRunner VisitLet(BoundLet node)
    {
        Evaluator value = expressions.Compile(node.Value);
        int slot = node.Slot;
        return context =>
        {
            Value result = value(context);
            if (result.IsError)
            {
                return result.AsError();
            }

            if (!result.IsNothing)
            {
                context.Slots[slot] = VariableSite.Kept(result);
            }

            return null;
        };
    }

    public StatementRunner VisitIf(BoundIfStatement node)
    {
        Evaluator[] conditions = [.. node.Branches.Select(b => expressions.Compile(b.Condition))];
        StatementRunner[][] bodies = [.. node.Branches.Select(b => CompileAll(b.Body))];
        StatementRunner[] otherwise = CompileAll(node.Else);
        ConditionSite[] sites = ConditionSite.AllOf(node, source);
        return context =>
        {
            for (int i = 0; i < conditions.Length; i++)
            {
                Value decision = conditions[i](context);
                if (decision.IsTrue)
                {
                    return RunAll(bodies[i], context);
                }

                if (!decision.IsBool)
                {
                    return sites[i].Fail(decision).AsError();
                }
            }

            return RunAll(otherwise, context);
        };
    }

    public StatementRunner Compile(BoundStatement statement) => statement.Accept(this);

    private StatementRunner[] CompileAll(IReadOnlyList<BoundStatement> statements) => [.. statements.Select(Compile)];

    private static EvaluationError? RunAll(StatementRunner[] body, EvaluationContext context)
    {
        foreach (StatementRunner statement in body)
        {
            if (statement(context) is { } error)
            {
                return error;
            }
        }

        return null;
    }
}
