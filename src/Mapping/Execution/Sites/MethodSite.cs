using System.Runtime.CompilerServices;
using Mapping.Functions;
using Mapping.Ir;
using Mapping.Text;
using Mapping.Values;

namespace Mapping.Execution.Sites;

/// <summary>A method at its place in an expression: what becomes of its target before the call and of its result after it.</summary>
internal sealed class MethodSite(BoundSteps node, int index, BoundCall call, SourceText source)
{
    private readonly Accepts accepts = call.Builtin.Receiver;
    private readonly uint unchanged = call.Builtin.Receiver.Unchanged();

    public Builtin Builtin => call.Builtin;

    /// <summary>A target that is not in the form the body wants, in that form; an error when it is one, or is refused.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public Value Coerce(EvaluationContext context, Value target)
    {
        TryCoerce(context, ref target);
        return target;
    }

    /// <summary>Brings a target into the form the body wants; false, with the error to return, when it is one or is refused.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryReceive(EvaluationContext context, ref Value target) =>
        ((unchanged >> (int)target.Kind) & 1) != 0 || TryCoerce(context, ref target);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool TryCoerce(EvaluationContext context, ref Value target)
    {
        if (target.IsError)
        {
            return false;
        }

        if (Coercion.TryReceiver(accepts, ref target, context))
        {
            return true;
        }

        if (Wording.IsOff)
        {
            target = Value.Unworded;
            return false;
        }

        ValuePath? path = Annotation.PathOf(node.Source, node.Steps, index);
        target = Failure.WrongType(accepts.Describe(), target, Annotation.OfTarget(node, index), path, source, call.Span);
        return false;
    }

    /// <summary>The limits look at containers; an error learns what it was called on and where.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Value Finish(EvaluationContext context, Value result) => result.IsContainer || result.IsError ? Check(context, result) : result;

    /// <summary>Of what does the same as <see cref="Finish"/>, that which is shortest for what the builtin mostly gives.</summary>
    public Func<EvaluationContext, Value, Value> ShortestFinish => call.Builtin.Returns switch
    {
        "string" or "bytes" or "string|null" or "string or null" => FinishText,
        "array" or "object" => Check,
        _ => Finish,
    };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Value FinishText(EvaluationContext context, Value result) => result.OwnsBytes ? result : FinishOther(context, result);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private Value FinishOther(EvaluationContext context, Value result) => Finish(context, result);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private Value Check(EvaluationContext context, Value result) => context.IsWithinLimits(result) ? result : CheckClosely(context, result);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private Value CheckClosely(EvaluationContext context, Value result)
    {
        result = result.IsContainer ? context.Checked(result) : result;
        if (result.IsError && !result.AsError().IsUnworded)
        {
            Explain(result.AsError());
            result.AsError().Locate(source, call.Span);
        }

        return result;
    }

    /// <summary>Names the target, and where the refused value stands in it.</summary>
    private void Explain(EvaluationError error)
    {
        if (error.IsAboutLimits)
        {
            return;
        }

        error.Annotate(Annotation.OfTarget(node, index));
        ValuePath? target = Annotation.PathOf(node.Source, node.Steps, index);
        if (error.Value is not { } inner)
        {
            error.Value = target;
        }
        else if (node.Steps[index] is BoundMethodStep && call.Arguments.Any(a => a.Slot >= 0 && a.Slot == inner.Slot))
        {
            error.LeaveIteration(target);
        }
    }
}
