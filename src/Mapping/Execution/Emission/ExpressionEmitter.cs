using System.Collections.Immutable;
using System.Linq.Expressions;
using System.Runtime.CompilerServices;
using Mapping.Execution.Sites;
using Mapping.Ir;
using Mapping.Text;
using Mapping.Values;

namespace Mapping.Execution.Emission;

/// <summary>
/// The compiled tier's counterpart of <see cref="ExpressionCompiler"/>: an expression becomes code that gives a value,
/// which may be an error. What a part gives is put into a local before anything is asked of it, so that code may jump
/// anywhere.
/// </summary>
internal sealed class ExpressionEmitter : IBoundVisitor<Expression>
{
    private readonly PredicateEmitter predicates;
    private readonly StepEmitter steps;

    public ExpressionEmitter(Unit unit, SourceText source, ImmutableDictionary<int, PairKeys>? pairs = null)
    {
        Pairs = pairs ?? ImmutableDictionary<int, PairKeys>.Empty;
        Unit = unit;
        Source = source;
        Depth = unit.Depth;
        predicates = new PredicateEmitter(this);
        steps = new StepEmitter(this);
    }

    public Unit Unit { get; }

    public ParameterExpression Context => Unit.Context;

    public SourceText Source { get; }

    /// <summary>Slots whose value is a pair that was not made.</summary>
    public ImmutableDictionary<int, PairKeys> Pairs { get; }

    /// <summary>The interpreter, for what is left to it here.</summary>
    public ExpressionCompiler Interpreter => new(Source, Pairs);

    /// <summary>How many expressions are around the one being emitted.</summary>
    public int Depth { get; private set; }

    public Expression Emit(BoundExpression node)
    {
        Depth++;
        Expression code = RuntimeHelpers.TryEnsureSufficientExecutionStack() ? node.Accept(this) : DeepStack.Run(() => node.Accept(this));
        Depth--;
        return code;
    }

    /// <summary>Whether what is emitted is the general road beside a special one, and so must not branch again.</summary>
    public bool IsGeneral { get; private set; }

    public Expression EmitGeneral(Func<Expression> emit)
    {
        IsGeneral = true;
        Expression code = emit();
        IsGeneral = false;
        return code;
    }

    /// <summary>Code for a test: 1, 0, or <see cref="Runtime.Neither"/> with the value in <paramref name="other"/>.</summary>
    public Expression EmitTest(BoundExpression node, ParameterExpression other) => predicates.Test(node, other);

    public Expression VisitLiteral(BoundLiteral node) => Instructions.Constant(node.Value);

    public Expression VisitDocument(BoundDocument node) => Instructions.Call(new DocumentSite(path: null, Source, node.Span).Read, Context);

    public Expression VisitSlot(BoundSlot node) => Unit.Read(node.Slot);

    public Expression VisitRoot(BoundRoot node) => node.IsAvailable
        ? Instructions.Call(Runtime.Root, Context)
        : Interpreted(node);

    public Expression VisitVariable(BoundVariable node)
    {
        if (Unit.IsSurelySet(node.Slot))
        {
            return Unit.Read(node.Slot);
        }

        ParameterExpression value = Instructions.Variable("variable");
        var site = new VariableSite(node, Source);
        return Expression.Block(
            [value],
            Expression.Assign(value, Unit.Read(node.Slot)),
            Instructions.If(Instructions.IsNothing(value), Expression.Assign(value, Instructions.Call(site.Undefined, Expression.Constant(node.Name)))),
            value);
    }

    public Expression VisitNamedVariable(BoundNamedVariable node)
    {
        ParameterExpression name = Instructions.Variable("name");
        var site = new VariableSite(node, Source);
        return Expression.Block([name], Expression.Assign(name, Emit(node.Name)), Instructions.Call(site.ReadNamed, Context, name));
    }

    public Expression VisitMetadata(BoundMetadata node) => Instructions.Call(new MetadataSite(node, Source).Read, Context);

    public Expression VisitArray(BoundArray node) => new LiteralEmitter(this).Array(node);

    public Expression VisitObject(BoundObject node) => new LiteralEmitter(this).Object(node);

    public Expression VisitNot(BoundNot node) => predicates.Value(node);

    public Expression VisitChain(BoundChain node) => PredicateEmitter.IsPredicate(node) ? predicates.Value(node) : new OperatorEmitter(this).Chain(node);

    public Expression VisitSteps(BoundSteps node) => steps.Emit(node);

    public Expression VisitFunctionCall(BoundFunctionCall node) => new CallEmitter(this).Function(node);

    public Expression VisitCapture(BoundCapture node)
    {
        ParameterExpression captured = Instructions.Variable("captured");
        var site = new CaptureSite(node, Source);
        return Expression.Block(
            [captured],
            Expression.Assign(captured, Instructions.Call(site.Capture, Context)),
            Instructions.Choose(Instructions.IsError(captured), captured, Emit(node.Body)));
    }

    public Expression VisitIf(BoundIf node)
    {
        ParameterExpression value = Instructions.Variable("value");
        ParameterExpression other = Instructions.Variable("other");
        ParameterExpression test = Expression.Variable(typeof(int), "test");
        LabelTarget end = Expression.Label("end");
        ConditionSite[] sites = ConditionSite.AllOf(node, Source);
        var code = new List<Expression>();
        for (int i = 0; i < sites.Length; i++)
        {
            BoundBranch branch = node.Branches[i];
            code.Add(Expression.Assign(test, EmitTest(branch.Condition, other)));
            code.Add(Instructions.If(Instructions.IsTrue(test), Expression.Block(Expression.Assign(value, Emit(branch.Value)), Expression.Goto(end))));
            Expression fails = Instructions.IsNeither(test);
            if (!PredicateEmitter.IsPredicate(branch.Condition))
            {
                fails = Expression.AndAlso(fails, Expression.Not(Instructions.Call(Runtime.IsNull, other)));
            }

            code.Add(Instructions.If(fails, Expression.Block(Expression.Assign(value, Instructions.Call(sites[i].Fail, other)), Expression.Goto(end))));
        }

        code.Add(Expression.Assign(value, node.Else is { } last ? Emit(last) : Instructions.Constant(Value.Nothing)));
        code.Add(Expression.Label(end));
        code.Add(value);
        return Expression.Block([value, other, test], code);
    }

    public Expression VisitMatch(BoundMatch node) => new MatchEmitter(this).Emit(node);

    /// <summary>Leaves an expression without slots to the interpreter.</summary>
    private Expression Interpreted(BoundExpression node) => Instructions.Call(Interpreter.Compile(node), Context);
}
