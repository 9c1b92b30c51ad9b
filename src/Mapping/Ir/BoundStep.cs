using Mapping.Functions;
using Mapping.Text;
using Mapping.Values;

namespace Mapping.Ir;

/// <summary>One tail of an expression.</summary>
internal abstract record BoundStep(TextSpan Span)
{
    public abstract T Accept<T>(IStepVisitor<T> visitor);
}

/// <summary><c>.a.b</c>: adjacent field tails in one look-up.</summary>
internal sealed record BoundPathStep(FieldPath Path, TextSpan Span) : BoundStep(Span)
{
    public override T Accept<T>(IStepVisitor<T> visitor) => visitor.VisitPath(this);
}

/// <summary><c>.method(arguments)</c></summary>
internal sealed record BoundMethodStep(BoundCall Call, TextSpan Span) : BoundStep(Span)
{
    public override T Accept<T>(IStepVisitor<T> visitor) => visitor.VisitMethod(this);
}

/// <summary><c>.(body)</c>: the target is put into the slot, where the body reads it.</summary>
internal sealed record BoundMapStep(int Slot, BoundExpression Body, TextSpan Span) : BoundStep(Span)
{
    public override T Accept<T>(IStepVisitor<T> visitor) => visitor.VisitMap(this);
}

/// <summary><c>.apply(name)</c>: runs a map on the target; <paramref name="Caller"/> is the context around the call.</summary>
internal sealed record BoundApplyStep(BoundExpression Name, BoundExpression Caller, TextSpan Span) : BoundStep(Span)
{
    public override T Accept<T>(IStepVisitor<T> visitor) => visitor.VisitApply(this);
}

internal interface IStepVisitor<out T>
{
    T VisitPath(BoundPathStep step);

    T VisitMethod(BoundMethodStep step);

    T VisitMap(BoundMapStep step);

    T VisitApply(BoundApplyStep step);
}

/// <summary>
/// A call with its arguments in declared order. <paramref name="State"/> is what the builtin prepared from literal
/// arguments; it belongs to this call site.
/// </summary>
internal sealed record BoundCall(Builtin Builtin, IReadOnlyList<BoundArgument> Arguments, object? State, TextSpan Span)
{
    /// <summary>The builtin has to be prepared on each evaluation, because an argument is known only then.</summary>
    public bool PreparesEachTime => Builtin.Prepare is not null && State is null;

    /// <summary>Every argument is the same for every evaluation: a literal or a query.</summary>
    public bool HasConstantArguments => Arguments.All(a => a.IsQuery || a.Value is BoundLiteral);
}

/// <summary>
/// An argument: a coerced constant (absent if not given), an expression evaluated before the call, or a query. A query
/// reads its context from <paramref name="Slot"/>, -1 if it has none.
/// </summary>
internal sealed record BoundArgument(string Name, ParameterType Type, BoundExpression Value, int Slot = -1)
{
    /// <summary>False for the default of an argument that was left out.</summary>
    public bool IsGiven { get; init; } = true;

    /// <summary>The default of a query is a plain value.</summary>
    public bool IsQuery => IsGiven && (Type is ParameterType.Query or ParameterType.Lazy);

    /// <summary>The keys of the elements of the target, if these are known to be pairs.</summary>
    public PairKeys? Elements { get; init; }

    /// <summary>The keys of the pair the query sees, when it can be handed the members instead of the pair.</summary>
    public PairKeys? PairIn(Builtin builtin)
    {
        PairKeys? pair = builtin.Parameters.FirstOrDefault(p => p.Name == Name)?.Pair;

        // Only where elements are seen as they are does it matter what they are.
        pair = ReferenceEquals(pair, PairKeys.KeyAndValue) ? Elements ?? pair : pair;
        return pair is not null && SlotUse.IsOnlyEntered(Value, Slot) ? pair : null;
    }
}
