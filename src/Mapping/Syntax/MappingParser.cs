using Mapping.Diagnostics;
using Mapping.Syntax.Classification;
using Mapping.Syntax.Parsing;
using Mapping.Text;

namespace Mapping.Syntax;

/// <summary>Text to syntax tree. Nothing a text holds makes these throw; what is wrong with it goes to the diagnostics, all at once.</summary>
internal static class MappingParser
{
    /// <summary>More levels than this are an error; also the bound on the recursion of every later phase over the tree.</summary>
    public const int DeepestNesting = 1000;

    /// <summary>Nesting that any caller's stack bears; beyond it the work moves to a stack of its own.</summary>
    private const int ShallowNesting = 100;

    /// <summary>
    /// Statements, an expression alone, or <c>from "file"</c>. With errors the result holds the statements that are right (null if there
    /// are none), so that a later phase can report on them as well.
    /// </summary>
    public static MappingSyntax? ParseMapping(SourceText source, DiagnosticBag diagnostics)
    {
        ClassifiedText text = TokenClassifier.ClassifyMapping(source);
        return DeepStack.Run(text.Nesting > ShallowNesting, () => new ParserRun(source, text.Tokens, diagnostics).Mapping());
    }

    /// <summary>A query alone, gaps around it allowed; spans count from the start of the source. Null if there is an error.</summary>
    public static ExpressionSyntax? ParseExpression(SourceText source, TextSpan part, DiagnosticBag diagnostics)
    {
        ClassifiedText text = TokenClassifier.ClassifyQuery(source, part);
        return DeepStack.Run(text.Nesting > ShallowNesting, () => new ParserRun(source, text.Tokens, diagnostics).Expression());
    }

    /// <summary>Text with <c>${! query }</c> in it. Null if there is an error.</summary>
    public static InterpolationSyntax? ParseInterpolation(SourceText source, DiagnosticBag diagnostics)
        => InterpolationParser.Parse(source, diagnostics);
}
