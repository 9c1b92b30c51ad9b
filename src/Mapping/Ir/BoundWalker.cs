using System.Runtime.CompilerServices;
using Mapping.Text;

namespace Mapping.Ir;

/// <summary>Visits everything below a node, in the order it is written; what looks at whole mappings derives from it.</summary>
internal abstract class BoundWalker : IBoundVisitor<bool>, IBoundStatementVisitor<bool>, IStepVisitor<bool>
{
    /// <summary>Every expression passes here first.</summary>
    public virtual void Visit(BoundExpression node)
    {
        if (RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            node.Accept(this);
        }
        else
        {
            DeepStack.Run(() => node.Accept(this));
        }
    }

    /// <summary>Every statement passes here first.</summary>
    public virtual void Visit(BoundStatement statement) => statement.Accept(this);

    public void VisitAll(IEnumerable<BoundStatement> statements)
    {
        foreach (BoundStatement statement in statements)
        {
            Visit(statement);
        }
    }

    public virtual bool VisitAssignment(BoundAssignment node) => Below(node.Value);

    public virtual bool VisitMeta(BoundMetaAssignment node) => Below(node.Value);

    public virtual bool VisitLet(BoundLet node) => Below(node.Value);

    public virtual bool VisitIf(BoundIfStatement node)
    {
        foreach (BoundStatementBranch branch in node.Branches)
        {
            Visit(branch.Condition);
            VisitAll(branch.Body);
        }

        VisitAll(node.Else);
        return true;
    }

    public virtual bool VisitLiteral(BoundLiteral node) => true;

    public virtual bool VisitDocument(BoundDocument node) => true;

    public virtual bool VisitSlot(BoundSlot node) => true;

    public virtual bool VisitRoot(BoundRoot node) => true;

    public virtual bool VisitVariable(BoundVariable node) => true;

    public virtual bool VisitNamedVariable(BoundNamedVariable node) => Below(node.Name);

    public virtual bool VisitMetadata(BoundMetadata node) => true;

    public virtual bool VisitArray(BoundArray node) => Below([.. node.Items]);

    public virtual bool VisitObject(BoundObject node)
    {
        foreach ((BoundExpression key, BoundExpression value) in node.Entries)
        {
            Below(key, value);
        }

        return true;
    }

    public virtual bool VisitNot(BoundNot node) => Below(node.Operand);

    public virtual bool VisitChain(BoundChain node)
    {
        Visit(node.First);
        foreach (BoundOperand operand in node.Rest)
        {
            Visit(operand.Operand);
        }

        return true;
    }

    public virtual bool VisitSteps(BoundSteps node)
    {
        Visit(node.Source);
        foreach (BoundStep step in node.Steps)
        {
            step.Accept(this);
        }

        return true;
    }

    public virtual bool VisitFunctionCall(BoundFunctionCall node)
    {
        VisitCall(node.Call);
        return true;
    }

    public virtual bool VisitCapture(BoundCapture node) => Below(node.Body);

    public virtual bool VisitIf(BoundIf node)
    {
        foreach (BoundBranch branch in node.Branches)
        {
            Below(branch.Condition, branch.Value);
        }

        return node.Else is not { } otherwise || Below(otherwise);
    }

    public virtual bool VisitMatch(BoundMatch node)
    {
        if (node.Subject is { } subject)
        {
            Visit(subject);
        }

        foreach (BoundCase one in node.Cases)
        {
            if (one.Pattern is { } pattern)
            {
                Visit(pattern);
            }

            Visit(one.Value);
        }

        return true;
    }

    public virtual bool VisitPath(BoundPathStep step) => true;

    public virtual bool VisitMethod(BoundMethodStep step)
    {
        VisitCall(step.Call);
        return true;
    }

    public virtual bool VisitMap(BoundMapStep step) => Below(step.Body);

    public virtual bool VisitApply(BoundApplyStep step) => Below(step.Name, step.Caller);

    /// <summary>Every argument of every call.</summary>
    protected virtual void VisitArgument(BoundCall call, BoundArgument argument) => Visit(argument.Value);

    protected virtual void VisitCall(BoundCall call)
    {
        foreach (BoundArgument argument in call.Arguments)
        {
            VisitArgument(call, argument);
        }
    }

    private bool Below(params ReadOnlySpan<BoundExpression> nodes)
    {
        foreach (BoundExpression node in nodes)
        {
            Visit(node);
        }

        return true;
    }
}
