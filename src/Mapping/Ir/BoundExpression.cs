using Mapping.Text;
using Mapping.Values;

namespace Mapping.Ir;

/// <summary>
/// An expression with everything resolved: names are slots, arguments are checked, constants are folded. Sealed kinds with
/// a visitor, so that a new one does not compile until every phase handles it.
/// </summary>
internal abstract record BoundExpression(TextSpan Span)
{
    public abstract T Accept<T>(IBoundVisitor<T> visitor);
}

/// <summary>A constant: written as a literal, or folded from literals. <paramref name="Origin"/> names it in messages.</summary>
internal sealed record BoundLiteral(Value Value, string Origin, TextSpan Span) : BoundExpression(Span)
{
    public override T Accept<T>(IBoundVisitor<T> visitor) => visitor.VisitLiteral(this);
}

/// <summary><c>this</c> where it is the message document.</summary>
internal sealed record BoundDocument(TextSpan Span) : BoundExpression(Span)
{
    public override T Accept<T>(IBoundVisitor<T> visitor) => visitor.VisitDocument(this);
}

/// <summary><c>this</c> or a lambda parameter where it is a value put into a slot by an enclosing construct.</summary>
internal sealed record BoundSlot(int Slot, string Name, TextSpan Span) : BoundExpression(Span)
{
    public override T Accept<T>(IBoundVisitor<T> visitor) => visitor.VisitSlot(this);
}

/// <summary><c>root</c>; in an interpolation there is none, and reading it fails.</summary>
internal sealed record BoundRoot(bool IsAvailable, TextSpan Span) : BoundExpression(Span)
{
    public override T Accept<T>(IBoundVisitor<T> visitor) => visitor.VisitRoot(this);
}

/// <summary><c>$name</c>; the slot is -1 when nothing assigns the name.</summary>
internal sealed record BoundVariable(int Slot, string Name, TextSpan Span) : BoundExpression(Span)
{
    public override T Accept<T>(IBoundVisitor<T> visitor) => visitor.VisitVariable(this);
}

/// <summary><c>var(name)</c> with a name known only when executed.</summary>
internal sealed record BoundNamedVariable(BoundExpression Name, IReadOnlyDictionary<string, int> Slots, TextSpan Span) : BoundExpression(Span)
{
    public override T Accept<T>(IBoundVisitor<T> visitor) => visitor.VisitNamedVariable(this);
}

/// <summary><c>@key</c>, or <c>@</c> when the key is null.</summary>
internal sealed record BoundMetadata(byte[]? Key, TextSpan Span) : BoundExpression(Span)
{
    public override T Accept<T>(IBoundVisitor<T> visitor) => visitor.VisitMetadata(this);
}

/// <summary><c>[a, b]</c> with a part that is no constant.</summary>
internal sealed record BoundArray(IReadOnlyList<BoundExpression> Items, TextSpan Span) : BoundExpression(Span)
{
    public override T Accept<T>(IBoundVisitor<T> visitor) => visitor.VisitArray(this);
}

/// <summary><c>{"a": b}</c> with a part that is no constant.</summary>
internal sealed record BoundObject(IReadOnlyList<(BoundExpression Key, BoundExpression Value)> Entries, TextSpan Span) : BoundExpression(Span)
{
    public override T Accept<T>(IBoundVisitor<T> visitor) => visitor.VisitObject(this);
}

/// <summary><c>!operand</c></summary>
internal sealed record BoundNot(BoundExpression Operand, TextSpan Span) : BoundExpression(Span)
{
    public override T Accept<T>(IBoundVisitor<T> visitor) => visitor.VisitNot(this);
}

/// <summary><c>a + b - c</c>: operators of one level, applied from left to right.</summary>
internal sealed record BoundChain(BoundExpression First, IReadOnlyList<BoundOperand> Rest, TextSpan Span) : BoundExpression(Span)
{
    public override T Accept<T>(IBoundVisitor<T> visitor) => visitor.VisitChain(this);
}

/// <summary>An operator and its right operand.</summary>
internal sealed record BoundOperand(Operation Operator, BoundExpression Operand, TextSpan Span);

/// <summary><c>source.field.method().(expression)</c>: steps applied from left to right.</summary>
internal sealed record BoundSteps(BoundExpression Source, IReadOnlyList<BoundStep> Steps, TextSpan Span) : BoundExpression(Span)
{
    public override T Accept<T>(IBoundVisitor<T> visitor) => visitor.VisitSteps(this);
}

/// <summary><c>function(arguments)</c></summary>
internal sealed record BoundFunctionCall(BoundCall Call, TextSpan Span) : BoundExpression(Span)
{
    public override T Accept<T>(IBoundVisitor<T> visitor) => visitor.VisitFunctionCall(this);
}

/// <summary><c>name -> body</c> directly on the message document, which has to be readable even if the body ignores it.</summary>
internal sealed record BoundCapture(string Name, BoundExpression Body, TextSpan Span) : BoundExpression(Span)
{
    public override T Accept<T>(IBoundVisitor<T> visitor) => visitor.VisitCapture(this);
}

/// <summary><c>if c { a } else if d { b } else { e }</c></summary>
internal sealed record BoundIf(IReadOnlyList<BoundBranch> Branches, BoundExpression? Else, TextSpan Span) : BoundExpression(Span)
{
    public override T Accept<T>(IBoundVisitor<T> visitor) => visitor.VisitIf(this);
}

internal sealed record BoundBranch(BoundExpression Condition, BoundExpression Value);

/// <summary><c>match subject { pattern => value }</c>; the subject is put into the slot, where cases and values read it.</summary>
internal sealed record BoundMatch(BoundExpression? Subject, int Slot, IReadOnlyList<BoundCase> Cases, TextSpan Span) : BoundExpression(Span)
{
    public override T Accept<T>(IBoundVisitor<T> visitor) => visitor.VisitMatch(this);
}

/// <summary><c>pattern => value</c>: always taken without a pattern, compared with the subject if it is a literal, else a condition.</summary>
internal sealed record BoundCase(BoundExpression? Pattern, BoundExpression Value);

internal interface IBoundVisitor<out T>
{
    T VisitLiteral(BoundLiteral node);

    T VisitDocument(BoundDocument node);

    T VisitSlot(BoundSlot node);

    T VisitRoot(BoundRoot node);

    T VisitVariable(BoundVariable node);

    T VisitNamedVariable(BoundNamedVariable node);

    T VisitMetadata(BoundMetadata node);

    T VisitArray(BoundArray node);

    T VisitObject(BoundObject node);

    T VisitNot(BoundNot node);

    T VisitChain(BoundChain node);

    T VisitSteps(BoundSteps node);

    T VisitFunctionCall(BoundFunctionCall node);

    T VisitCapture(BoundCapture node);

    T VisitIf(BoundIf node);

    T VisitMatch(BoundMatch node);
}
