using Mapping.Diagnostics;
using Mapping.Ir;
using Mapping.Syntax;
using Mapping.Values;

namespace Mapping.Binding;

/// <summary>Resolves the statements of a mapping or of a map.</summary>
internal sealed class StatementBinder(ExpressionBinder expressions, Scope scope, bool isMap) : IStatementVisitor<BoundStatement?>
{
    private bool isNested;

    public BoundStatement[] BindAll(IEnumerable<StatementSyntax> statements) =>
        [.. statements.Select(s => s.Accept(this)).OfType<BoundStatement>()];

    /// <summary>Imports and maps are collected before any statement is bound.</summary>
    public BoundStatement? VisitImport(ImportSyntax node) => null;

    public BoundStatement? VisitMap(MapSyntax node) => null;

    public BoundStatement VisitLet(LetSyntax node)
    {
        BoundExpression value = expressions.Bind(node.Value, scope);
        return new BoundLet(expressions.Frame.Variable(node.Name.Text), node.Name.Text, value, node.Span);
    }

    public BoundStatement VisitMeta(MetaSyntax node)
    {
        if (isMap && !isNested)
        {
            expressions.Error(
                DiagnosticCodes.MetaInMap,
                new Text.TextSpan(node.Span.Start, "meta".Length),
                "metadata can't be assigned in a map",
                "return a value from the map and assign it to metadata outside");
        }

        return new BoundMetaAssignment(node.Key?.Utf8, expressions.Bind(node.Value, scope), node.Span);
    }

    public BoundStatement VisitAssignment(AssignmentSyntax node)
    {
        IEnumerable<NameSyntax> path = node.Path[0] is { Quoted: false, Text: "root" } ? node.Path.Skip(1) : node.Path;
        return new BoundAssignment(FieldPath.FromKeys(path.Select(p => p.Utf8)), expressions.Bind(node.Value, scope), node.Span);
    }

    public BoundStatement VisitIf(IfStatementSyntax node)
    {
        bool outer = isNested;
        isNested = true;
        BoundStatementBranch[] branches =
        [
            .. node.Branches.Select(b => new BoundStatementBranch(expressions.Bind(b.Condition, scope), BindAll(b.Body))),
        ];
        BoundStatement[] otherwise = node.Else is { } last ? BindAll(last) : [];
        isNested = outer;
        return new BoundIfStatement(branches, otherwise, node.Span);
    }
}
