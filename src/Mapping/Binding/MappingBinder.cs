using Mapping.Binding.Paths;
using Mapping.Diagnostics;
using Mapping.Ir;
using Mapping.Syntax;
using Mapping.Text;

namespace Mapping.Binding;

/// <summary>From a syntax tree to IR: a whole mapping with the maps it defines and imports.</summary>
internal static class MappingBinder
{
    public static BoundMapping Bind(BindingSession session, MappingSyntax syntax, SourceText source)
    {
        var frame = new Frame();
        switch (syntax)
        {
            case FileReferenceSyntax reference:
                return BindFile(session, reference, source);
            case ShorthandSyntax shorthand:
                var alone = new ExpressionBinder(session, source, frame, hasRoot: true);
                BoundExpression value = alone.Bind(shorthand.Value, Scope.Message);
                return new BoundMapping(source, [new BoundAssignment(Values.FieldPath.Empty, value, shorthand.Span)], [], frame.SlotCount)
                {
                    Presets = Presets(session, frame),
                    PathAnalysis = PathAnalysis.Of,
                };
            default:
                return BindStatements(session, (StatementsSyntax)syntax, source, new ImportChain(source));
        }
    }

    private static BoundMapping BindStatements(BindingSession session, StatementsSyntax syntax, SourceText source, ImportChain chain)
    {
        var maps = new MapBinder(session);
        maps.Collect(syntax, source, chain);
        var frame = new Frame();
        var binder = new StatementBinder(new ExpressionBinder(session, source, frame, hasRoot: true), Scope.Message, isMap: false);
        BoundStatement[] statements = binder.BindAll(syntax.Statements);
        return new BoundMapping(source, statements, maps.Bound, frame.SlotCount)
        {
            Presets = Presets(session, frame),
            PathAnalysis = PathAnalysis.Of,
        };
    }

    /// <summary>Only variables that the mapping names have a slot to be set.</summary>
    private static (int Slot, Values.Value Value)[] Presets(BindingSession session, Frame frame) =>
        session.Services.Variables.Count == 0 ? [] : [.. session.Services.Variables.Where(v => frame.Variables.ContainsKey(v.Key)).Select(v => (frame.Variables[v.Key], v.Value))];

    private static BoundMapping BindFile(BindingSession session, FileReferenceSyntax reference, SourceText source)
    {
        var chain = new ImportChain(source);
        var empty = new BoundMapping(source, [], [], 0) { PathAnalysis = PathAnalysis.Of };
        if (!chain.TryOpen(session, reference.Path, source, out SourceText? file, out MappingSyntax? content, out ImportChain? inner))
        {
            return empty;
        }

        if (content is not StatementsSyntax statements)
        {
            session.Diagnostics.Error(
                DiagnosticCodes.FileReferenceNeedsStatements,
                source,
                reference.Path.Span,
                $"the file {reference.Path.Text} has no statements",
                "a mapping read with from must consist of statements such as root = this");
            return empty;
        }

        return BindStatements(session, statements, file, inner);
    }
}
