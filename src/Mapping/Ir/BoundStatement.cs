using Mapping.Text;
using Mapping.Values;

namespace Mapping.Ir;

/// <summary>A statement with everything resolved.</summary>
internal abstract record BoundStatement(TextSpan Span)
{
    public abstract T Accept<T>(IBoundStatementVisitor<T> visitor);
}

/// <summary><c>root.path = value</c>; an empty path is root itself.</summary>
internal sealed record BoundAssignment(FieldPath Path, BoundExpression Value, TextSpan Span) : BoundStatement(Span)
{
    public override T Accept<T>(IBoundStatementVisitor<T> visitor) => visitor.VisitAssignment(this);
}

/// <summary><c>meta key = value</c>; a null key is all metadata.</summary>
internal sealed record BoundMetaAssignment(byte[]? Key, BoundExpression Value, TextSpan Span) : BoundStatement(Span)
{
    public override T Accept<T>(IBoundStatementVisitor<T> visitor) => visitor.VisitMeta(this);
}

/// <summary><c>let name = value</c></summary>
internal sealed record BoundLet(int Slot, string Name, BoundExpression Value, TextSpan Span) : BoundStatement(Span)
{
    public override T Accept<T>(IBoundStatementVisitor<T> visitor) => visitor.VisitLet(this);
}

/// <summary><c>if c { ... } else { ... }</c></summary>
internal sealed record BoundIfStatement(IReadOnlyList<BoundStatementBranch> Branches, IReadOnlyList<BoundStatement> Else, TextSpan Span)
    : BoundStatement(Span)
{
    public override T Accept<T>(IBoundStatementVisitor<T> visitor) => visitor.VisitIf(this);
}

internal sealed record BoundStatementBranch(BoundExpression Condition, IReadOnlyList<BoundStatement> Body);

internal interface IBoundStatementVisitor<out T>
{
    T VisitAssignment(BoundAssignment node);

    T VisitMeta(BoundMetaAssignment node);

    T VisitLet(BoundLet node);

    T VisitIf(BoundIfStatement node);
}
