namespace Mapping.Syntax;

/// <content>Statements.</content>
internal sealed partial class SyntaxPrinter : IStatementVisitor<bool>
{
    public bool VisitImport(ImportSyntax node) => Leaf("import " + Quote(node.Path.Utf8));

    public bool VisitMap(MapSyntax node)
    {
        Open("map " + Name(node.Name));
        Each(node.Body);
        return Close();
    }

    public bool VisitLet(LetSyntax node) => Assign("let " + Name(node.Name), node.Value);

    public bool VisitMeta(MetaSyntax node) => Assign(node.Key is { } key ? "meta " + Name(key) : "meta", node.Value);

    public bool VisitAssignment(AssignmentSyntax node) => Assign("assign " + string.Join('.', node.Path.Select(Name)), node.Value);

    public bool VisitIf(IfStatementSyntax node)
    {
        Open("if");
        foreach (StatementBranchSyntax branch in node.Branches)
        {
            Child("condition", branch.Condition);
            Open("then");
            Each(branch.Body);
            Close();
        }

        if (node.Else is { } otherwise)
        {
            Open("else");
            Each(otherwise);
            Close();
        }

        return Close();
    }

    private bool Assign(string target, ExpressionSyntax value)
    {
        Open(target);
        value.Accept(this);
        return Close();
    }

    private void Each(IReadOnlyList<StatementSyntax> statements)
    {
        foreach (StatementSyntax statement in statements)
        {
            statement.Accept(this);
        }
    }
}
