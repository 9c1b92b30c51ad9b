using Mapping.Ir;
using Mapping.Syntax;
using Mapping.Text;
using Mapping.Values;

namespace Mapping.Binding;

/// <summary>Turns the tails of an expression into steps: adjacent fields become one path, static calls on literals fold.</summary>
internal sealed class TailBinder(ExpressionBinder binder, CallBinder calls, Scope scope)
{
    private readonly List<BoundStep> steps = [];
    private readonly List<byte[]> fields = [];
    private BoundExpression source = new BoundDocument(default);
    private TextSpan fieldsSpan;

    public BoundExpression Bind(TailChainSyntax node, BoundExpression target)
    {
        source = target;
        if (target is BoundSteps { Steps: [.., BoundPathStep last] } head)
        {
            // A bare field name in front: its path goes on.
            source = head.Source;
            steps.AddRange(head.Steps.SkipLast(1));
            foreach (PathSegment segment in last.Path.Segments)
            {
                fields.Add(segment.Key.AsSpan().ToArray());
            }

            fieldsSpan = last.Span;
        }
        else if (target is BoundSteps grouped)
        {
            source = grouped.Source;
            steps.AddRange(grouped.Steps);
        }

        foreach (TailSyntax tail in node.Tails)
        {
            BindTail(tail, node.Target.Span.To(tail.Span));
        }

        FlushFields();
        return Finish(node.Span);
    }

    private void BindTail(TailSyntax tail, TextSpan span)
    {
        switch (tail)
        {
            case FieldTailSyntax field:
                fieldsSpan = fields.Count == 0 ? field.Span : fieldsSpan.To(field.Span);
                fields.Add(field.Name.Utf8);
                break;
            case MapTailSyntax map:
                FlushFields();
                int slot = binder.Frame.NewSlot();
                steps.Add(new BoundMapStep(slot, binder.Bind(map.Body, scope.Push(slot)), map.Span));
                break;
            case MethodTailSyntax method:
                FlushFields();
                BindMethod(method, span);
                break;
        }
    }

    /// <summary>The queries of a method whose target is an array of pairs are told so.</summary>
    private BoundCall WithElements(BoundCall call)
    {
        int last = steps.Count - 1;
        while (last >= 0 && steps[last] is BoundMethodStep { Call.Builtin.GivesElements: true })
        {
            last--;
        }

        return last >= 0 && steps[last] is BoundMethodStep { Call.Builtin.GivesPairs: { } keys }
            ? call with { Arguments = [.. call.Arguments.Select(a => a.IsQuery ? a with { Elements = keys } : a)] }
            : call;
    }

    private void BindMethod(MethodTailSyntax method, TextSpan span)
    {
        BoundCall? call = calls.BindMethod(method, scope);
        if (call is null)
        {
            return;
        }

        if (call.Builtin.Name == "apply" && call.Arguments.Count == 1)
        {
            steps.Add(new BoundApplyStep(call.Arguments[0].Value, ExpressionBinder.Read(scope.Current, "this", method.Span), method.Span));
            return;
        }

        if (steps.Count == 0 && source is BoundLiteral target && calls.TryFold(call, target, span) is { } folded)
        {
            source = folded;
            return;
        }

        steps.Add(new BoundMethodStep(WithElements(call), method.Span));
    }

    private void FlushFields()
    {
        if (steps.Count == 0 && fields.Count > 0 && binder.MetadataField(source, fields[0], fieldsSpan) is { } field)
        {
            source = field;
            fields.RemoveAt(0);
        }

        if (fields.Count > 0)
        {
            steps.Add(new BoundPathStep(FieldPath.FromKeys(fields), fieldsSpan));
            fields.Clear();
        }
    }

    private BoundExpression Finish(TextSpan span) => steps.Count == 0 ? source : new BoundSteps(source, steps.ToArray(), span);
}
