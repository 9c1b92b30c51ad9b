using System.Linq.Expressions;
using Mapping.Execution.Sites;
using Mapping.Functions;
using Mapping.Ir;
using Mapping.Text;
using Mapping.Values;

namespace Mapping.Execution.Emission;

/// <summary>
/// Code for an expression with tails: one local that goes from step to step. An error jumps past the steps that do not
/// see errors.
/// </summary>
internal sealed class StepEmitter(ExpressionEmitter expressions)
{
    public Expression Emit(BoundSteps node)
    {
        ParameterExpression value = Instructions.Variable("target");
        LabelTarget?[] entries = [.. node.Steps.Select(SeesErrors)];
        LabelTarget end = Expression.Label("end");
        ParameterExpression part = Instructions.Variable("part");
        var behindPart = new LabelTarget?[node.Steps.Count + 1];
        var code = new List<Expression> { Expression.Assign(value, Start(node, out int taken)) };
        for (int i = taken; i < node.Steps.Count; i++)
        {
            if (entries[i] is { } entry)
            {
                code.Add(Expression.Label(entry));
            }

            if (behindPart[i] is { } behind)
            {
                code.Add(Expression.Label(behind));
            }

            if (ElementEmitter.Emit(node, i, value) is { } element)
            {
                behindPart[i + 2] = Expression.Label("behind");
                code.Add(Expression.Assign(part, element));
                Expression take = Expression.Block(Expression.Assign(value, part), Expression.Goto(behindPart[i + 2]!));
                code.Add(Instructions.If(Expression.Not(Instructions.IsNothing(part)), take));
            }

            LabelTarget exit = entries.Skip(i + 1).FirstOrDefault(e => e is not null) ?? end;
            node.Steps[i].Accept(new Visitor(expressions, Read, node, i, value, exit, code));
        }

        if (behindPart[^1] is { } last)
        {
            code.Add(Expression.Label(last));
        }

        code.Add(Expression.Label(end));
        code.Add(value);
        return Expression.Block(behindPart.Any(b => b is not null) ? [value, part] : [value], code);
    }

    /// <summary>The source of the steps; where a document is read by a path, both at once.</summary>
    private Expression Start(BoundSteps node, out int taken)
    {
        taken = CaughtFailures.LastIn(node);
        if (taken >= 0)
        {
            return Caught(expressions.Emit(LazyTarget.Before(node, taken)), CaughtFailures.IsReadAt(node, taken));
        }

        taken = LazyTarget.LastIn(node);
        if (taken >= 0)
        {
            // That step brings all before it as its own query.
            return Instructions.Null;
        }

        taken = 0;
        if (node.Steps[0] is not BoundPathStep { Path: { } path })
        {
            return expressions.Emit(node.Source);
        }

        TextSpan span = node.Source.Span.To(node.Steps[0].Span);
        switch (node.Source)
        {
            case BoundDocument:
                taken = 1;
                return Instructions.Call(new DocumentSite(path, expressions.Source, span).Read, expressions.Context);
            case BoundRoot { IsAvailable: true }:
                taken = 1;
                return Instructions.Call(Runtime.ReadRoot, Expression.Constant(path), expressions.Context);
            case BoundSlot { Slot: var slot } when expressions.Pairs.TryGetValue(slot, out PairKeys? keys):
                taken = 1;
                return Member(slot, keys, path);
            default:
                return expressions.Emit(node.Source);
        }
    }

    /// <summary>What is evaluated for somebody who catches its failure.</summary>
    private static BlockExpression Caught(Expression evaluate, bool isRead)
    {
        ParameterExpression before = Expression.Variable(typeof(bool), "before");
        ParameterExpression value = Instructions.Variable("caught");
        return Expression.Block(
            [before, value],
            Expression.Assign(before, Instructions.Call(Wording.Set, Expression.Constant(!isRead))),
            Expression.Assign(value, evaluate),
            Instructions.Call(Wording.Set, before),
            value);
    }

    /// <summary>A path into a pair that was handed over by its members.</summary>
    private Expression Member(int slot, PairKeys keys, FieldPath path)
    {
        int offset = keys.OffsetOf(path.Segments[0].Key);
        if (offset == 0)
        {
            return Instructions.Null;
        }

        Expression member = expressions.Unit.ReadMember(slot, offset);
        return path.Length == 1 ? member : Read(path.Skip(1), member);
    }

    private Expression Read(FieldPath path, Expression target) =>
        Instructions.Call(path.Length == 1 ? Runtime.ReadField : Runtime.ReadPath, Expression.Constant(path), expressions.Context, target);

    private static LabelTarget? SeesErrors(BoundStep step) =>
        step is BoundMethodStep { Call.Builtin: { SeesErrors: true, HasLazyTarget: false } } ? Expression.Label("seen") : null;

    private sealed class Visitor(
        ExpressionEmitter expressions,
        Func<FieldPath, Expression, Expression> read,
        BoundSteps node,
        int index,
        ParameterExpression value,
        LabelTarget exit,
        List<Expression> code) : IStepVisitor<bool>
    {
        public bool VisitPath(BoundPathStep step)
        {
            if (index > 0 || !IsNeverError(node.Source))
            {
                LeaveIf(Instructions.IsError(value));
            }

            return Set(read(step.Path, value));
        }

        public bool VisitMethod(BoundMethodStep step)
        {
            Builtin builtin = step.Call.Builtin;
            var site = new MethodSite(node, index, step.Call, expressions.Source);
            if (builtin.HasLazyTarget)
            {
                Value query = new CallCompiler(expressions.Interpreter).LazyTargetOf(node, index);
                Set(Instructions.Constant(query));
            }
            else if (builtin.SeesErrors)
            {
                LeaveIf(Instructions.Call(Runtime.IsFatal, value));
            }
            else
            {
                Receive(builtin, site);
            }

            ParameterExpression result = Instructions.Variable("result");
            return Set(Expression.Block(
                [result],
                Expression.Assign(result, new CallEmitter(expressions).Invoke(step.Call, value)),
                Instructions.Call(site.ShortestFinish, expressions.Context, result)));
        }

        public bool VisitMap(BoundMapStep step)
        {
            LeaveIf(Instructions.IsError(value));
            code.Add(expressions.Unit.Write(step.Slot, value));
            return Set(expressions.Emit(step.Body));
        }

        public bool VisitApply(BoundApplyStep step)
        {
            ParameterExpression name = Instructions.Variable("name");
            ParameterExpression caller = Instructions.Variable("caller");
            var site = new ApplySite(step, expressions.Source);
            LeaveIf(Instructions.IsError(value));
            return Set(Expression.Block(
                [name, caller],
                Expression.Assign(name, expressions.Emit(step.Name)),
                Instructions.Choose(
                    Instructions.IsText(name),
                    Expression.Block(
                        Expression.Assign(caller, expressions.Emit(step.Caller)),
                        Instructions.Call(site.Apply, expressions.Context, value, name, caller)),
                    Instructions.Call(site.RefuseName, name))));
        }

        private const uint TextKinds = (1u << (int)ValueKind.String) | (1u << (int)ValueKind.Bytes);

        /// <summary>The target in the form the body wants. The usual form is seen without a call, and is no error.</summary>
        private void Receive(Builtin builtin, MethodSite site)
        {
            Expression receive = Expression.Block(
                Expression.Assign(value, Instructions.Call(site.Coerce, expressions.Context, value)),
                Instructions.If(Instructions.IsError(value), Expression.Goto(exit)));
            Expression isUnchanged = builtin.Receiver.Unchanged() is var kinds && kinds == TextKinds
                ? Instructions.IsText(value)
                : Instructions.Call(Runtime.IsOneOf, value, Expression.Constant(kinds));
            code.Add(Instructions.If(Expression.Not(isUnchanged), receive));
        }

        /// <summary>
        /// Generated code puts no errors into its slots. Those of others may have one: the context of a caller may be a document that
        /// cannot be read. A variable may be undefined, which is an error too.
        /// </summary>
        private bool IsNeverError(BoundExpression source) => source switch
        {
            BoundSlot { Slot: var slot } => !expressions.Unit.Homes.IsShared(slot),
            BoundVariable { Slot: var slot } => expressions.Unit.IsSurelySet(slot),
            _ => false,
        };

        private void LeaveIf(Expression test) => code.Add(Instructions.If(test, Expression.Goto(exit)));

        private bool Set(Expression next)
        {
            code.Add(Expression.Assign(value, next));
            return true;
        }
    }
}
