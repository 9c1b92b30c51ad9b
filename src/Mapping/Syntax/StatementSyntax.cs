using Mapping.Text;

namespace Mapping.Syntax;

/// <summary>A statement; sealed kinds with a visitor, so that a new one does not compile until every phase handles it.</summary>
internal abstract record StatementSyntax(TextSpan Span) : SyntaxNode(Span)
{
    public abstract T Accept<T>(IStatementVisitor<T> visitor);
}

/// <summary><c>import "file.blobl"</c></summary>
internal sealed record ImportSyntax(NameSyntax Path, TextSpan Span) : StatementSyntax(Span)
{
    public override T Accept<T>(IStatementVisitor<T> visitor) => visitor.VisitImport(this);
}

/// <summary><c>map name { statements }</c></summary>
internal sealed record MapSyntax(NameSyntax Name, IReadOnlyList<StatementSyntax> Body, TextSpan Span) : StatementSyntax(Span)
{
    public override T Accept<T>(IStatementVisitor<T> visitor) => visitor.VisitMap(this);
}

/// <summary><c>let name = value</c></summary>
internal sealed record LetSyntax(NameSyntax Name, ExpressionSyntax Value, TextSpan Span) : StatementSyntax(Span)
{
    public override T Accept<T>(IStatementVisitor<T> visitor) => visitor.VisitLet(this);
}

/// <summary><c>meta key = value</c>, or <c>meta = value</c> when <paramref name="Key"/> is null.</summary>
internal sealed record MetaSyntax(NameSyntax? Key, ExpressionSyntax Value, TextSpan Span) : StatementSyntax(Span)
{
    public override T Accept<T>(IStatementVisitor<T> visitor) => visitor.VisitMeta(this);
}

/// <summary><c>root.a."b c" = value</c>. The path is as written: a first bare <c>root</c> is still in it.</summary>
internal sealed record AssignmentSyntax(IReadOnlyList<NameSyntax> Path, ExpressionSyntax Value, TextSpan Span) : StatementSyntax(Span)
{
    public override T Accept<T>(IStatementVisitor<T> visitor) => visitor.VisitAssignment(this);
}

/// <summary><c>if c { ... } else if d { ... } else { ... }</c> as a statement.</summary>
internal sealed record IfStatementSyntax(IReadOnlyList<StatementBranchSyntax> Branches, IReadOnlyList<StatementSyntax>? Else, TextSpan Span)
    : StatementSyntax(Span)
{
    public override T Accept<T>(IStatementVisitor<T> visitor) => visitor.VisitIf(this);
}

/// <summary><c>if condition { body }</c> within an if statement.</summary>
internal sealed record StatementBranchSyntax(ExpressionSyntax Condition, IReadOnlyList<StatementSyntax> Body, TextSpan Span) : SyntaxNode(Span);

internal interface IStatementVisitor<out T>
{
    T VisitImport(ImportSyntax node);

    T VisitMap(MapSyntax node);

    T VisitLet(LetSyntax node);

    T VisitMeta(MetaSyntax node);

    T VisitAssignment(AssignmentSyntax node);

    T VisitIf(IfStatementSyntax node);
}
