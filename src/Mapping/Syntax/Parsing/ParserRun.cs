using Antlr4.Runtime;
using Antlr4.Runtime.Atn;
using Mapping.Diagnostics;
using Mapping.Syntax.Building;
using Mapping.Syntax.Classification;
using Mapping.Text;

namespace Mapping.Syntax.Parsing;

/// <summary>One run of the generated parser over classified tokens, and the building of the tree from what it found.</summary>
internal sealed class ParserRun
{
    private readonly SourceText source;
    private readonly DiagnosticBag diagnostics;
    private readonly SyntaxErrors errors;
    private readonly SyntaxTokenStream stream;
    private readonly Generated.BloblangParser parser;

    public ParserRun(SourceText source, IReadOnlyList<SyntaxToken> tokens, DiagnosticBag diagnostics)
    {
        this.source = source;
        this.diagnostics = diagnostics;
        stream = new SyntaxTokenStream(tokens);
        errors = new SyntaxErrors(source, stream, diagnostics);
        parser = new Generated.BloblangParser(stream) { ErrorHandler = new StatementRecovery(stream, errors) };
        parser.RemoveErrorListeners();
        parser.Interpreter.PredictionMode = PredictionMode.SLL;
    }

    public MappingSyntax? Mapping()
    {
        var statements = new List<Generated.BloblangParser.StatementContext>();
        while (stream.Current.Type != TokenConstants.EOF)
        {
            int before = stream.Index;
            statements.Add(parser.statement());
            if (stream.Index == before)
            {
                stream.Consume();
            }
        }

        return new SyntaxBuilder(source, diagnostics).Mapping(statements);
    }

    public ExpressionSyntax? Expression()
    {
        try
        {
            Generated.BloblangParser.ExpressionContext context = parser.expression();
            int before = diagnostics.Count;
            ExpressionSyntax? built = errors.Count > 0 ? null : new SyntaxBuilder(source, diagnostics).Query(context.query());
            return diagnostics.Count > before ? null : built;
        }
        catch (SyntaxFault)
        {
            return null;
        }
    }
}
