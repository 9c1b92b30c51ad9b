using Mapping.Ir;
using Mapping.Syntax;
using Mapping.Text;
using Mapping.Values;

namespace Mapping.Binding;

/// <summary>From a text with interpolations to IR. There is no root, there are no variables and no maps.</summary>
internal static class InterpolationBinder
{
    public static BoundInterpolation Bind(BindingSession session, InterpolationSyntax syntax, SourceText source)
    {
        var frame = new Frame();
        var binder = new ExpressionBinder(session, source, frame, hasRoot: false);
        BoundExpression[] parts =
        [
            .. syntax.Parts.Select(part => part is ExpressionPartSyntax expression
                ? binder.Bind(expression.Expression, Scope.Message)
                : new BoundLiteral(Value.FromUtf8(((TextPartSyntax)part).Utf8), "string literal", part.Span)),
        ];
        return new BoundInterpolation(source, parts, frame.SlotCount);
    }
}
