using Antlr4.Runtime.Tree;
using Mapping.Diagnostics;
using Mapping.Syntax.Classification;
using Mapping.Text;
using static Mapping.Syntax.Generated.BloblangParser;

namespace Mapping.Syntax.Building;

/// <content>Statements.</content>
internal sealed partial class SyntaxBuilder
{
    public MappingSyntax? Mapping(List<StatementContext> contexts)
    {
        var span = new TextSpan(0, source.Content.Length);
        if (contexts.Count == 0)
        {
            diagnostics.Error(
                DiagnosticCodes.EmptyMapping, source, new TextSpan(span.End, 0), "the mapping is empty", "write at least one statement or an expression");
            return null;
        }

        IParseTree? first = contexts[0].exception is null ? contexts[0].GetChild(0) : null;
        if (contexts.Count == 1 && first is QueryContext query)
        {
            return new ShorthandSyntax(Query(query), span);
        }

        if (contexts.Count == 1 && first is FileReferenceContext file)
        {
            return new FileReferenceSyntax(Name(TokenOf(file.GetChild(1))), span);
        }

        if (first is QueryContext)
        {
            RefuseAfterShorthand(contexts);
            contexts.RemoveAt(0);
        }

        List<StatementSyntax> statements = Statements(contexts);
        return statements.Count > 0 ? new StatementsSyntax(statements, span) : null;
    }

    private void RefuseAfterShorthand(List<StatementContext> contexts)
    {
        var second = (SyntaxToken)contexts[1].Start;
        int line = source.PositionOf(((SyntaxToken)contexts[0].Start).Span.Start).Line;
        diagnostics.Error(
            DiagnosticCodes.ShorthandNotAlone,
            source,
            second.Span,
            "nothing can follow an expression that is the whole mapping",
            $"to assign the expression on line {line}, write `root = ` before it");
    }

    private List<StatementSyntax> Statements(BlockContext block)
        => Statements(block.children.OfType<StatementContext>());

    private List<StatementSyntax> Statements(IEnumerable<StatementContext> contexts)
    {
        var statements = new List<StatementSyntax>();
        foreach (StatementContext context in contexts)
        {
            if (context.exception is null && Statement(context) is { } statement)
            {
                statements.Add(statement);
            }
        }

        return statements;
    }

    private StatementSyntax? Statement(StatementContext context) => context.GetChild(0) switch
    {
        ImportStatementContext import => new ImportSyntax(Name(TokenOf(import.GetChild(1))), SpanOf(import)),
        MapStatementContext map => new MapSyntax(Name(TokenOf(map.GetChild(1))), Statements(map.block()), SpanOf(map)),
        LetStatementContext let => new LetSyntax(Name(TokenOf(let.GetChild(1))), Query(let.query()), SpanOf(let)),
        MetaStatementContext meta => Meta(meta),
        AssignmentContext assignment => Assignment(assignment),
        IfStatementContext branches => If(branches),
        QueryContext query => RefuseQuery(query),
        _ => null,
    };

    private MetaSyntax Meta(MetaStatementContext context)
    {
        NameSyntax? key = context.ChildCount == 4 ? Name(TokenOf(context.GetChild(1))) : null;
        return new MetaSyntax(key, Query(context.query()), SpanOf(context));
    }

    private AssignmentSyntax Assignment(AssignmentContext context)
    {
        var path = new List<NameSyntax>((context.ChildCount - 1) / 2);
        for (int i = 0; i < context.ChildCount - 2; i += 2)
        {
            path.Add(Name(TokenOf(context.GetChild(i))));
        }

        return new AssignmentSyntax(path, Query((QueryContext)context.GetChild(context.ChildCount - 1)), SpanOf(context));
    }

    private IfStatementSyntax If(IfStatementContext context)
    {
        var branches = new List<StatementBranchSyntax>();
        List<StatementSyntax>? otherwise = null;
        for (int i = 0; i < context.ChildCount;)
        {
            SyntaxToken word = TokenOf(context.GetChild(i));
            if (word.Type == ELSE)
            {
                otherwise = Statements((BlockContext)context.GetChild(i + 1));
                i += 2;
                continue;
            }

            var block = (BlockContext)context.GetChild(i + 2);
            branches.Add(new StatementBranchSyntax(Query((QueryContext)context.GetChild(i + 1)), Statements(block), word.Span.To(SpanOf(block))));
            i += 3;
        }

        return new IfStatementSyntax(branches, otherwise, SpanOf(context));
    }

    private StatementSyntax? RefuseQuery(QueryContext query)
    {
        diagnostics.Error(
            DiagnosticCodes.UnexpectedText,
            source,
            SpanOf(query),
            "expected a statement: this expression is assigned to nothing",
            "write `root.name = ` before it");
        return null;
    }
}
