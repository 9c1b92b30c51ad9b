using System.Runtime.CompilerServices;
using Mapping.Diagnostics;
using Mapping.Ir;
using Mapping.Syntax;
using Mapping.Text;
using Mapping.Values;

namespace Mapping.Binding;

/// <summary>Resolves expressions of one text within one frame.</summary>
internal sealed class ExpressionBinder(BindingSession session, SourceText source, Frame frame, bool hasRoot)
{
    private CallBinder? calls;

    public BindingSession Session => session;

    public SourceText Source => source;

    public Frame Frame => frame;

    private CallBinder Calls => calls ??= new CallBinder(this);

    public BoundExpression Bind(ExpressionSyntax syntax, Scope scope) => Visit(syntax, new Visitor(this, scope));

    /// <summary>The expression that reads a context.</summary>
    public static BoundExpression Read(ContextReference reference, string name, TextSpan span) =>
        reference.Slot is { } slot ? new BoundSlot(slot, name, span) : new BoundDocument(span);

    public void Error(string code, TextSpan span, string message, string? hint = null) =>
        session.Diagnostics.Error(code, source, span, message, hint);

    /// <summary>
    /// <c>this.name | @name</c> for a field of the document that may stand in the metadata instead; null for any other field.
    /// </summary>
    public BoundExpression? MetadataField(BoundExpression context, byte[] name, TextSpan span)
    {
        if (context is not BoundDocument || session.MetadataFields is not { } fields || !fields.Contains(System.Text.Encoding.UTF8.GetString(name)))
        {
            return null;
        }

        var field = new BoundSteps(context, [new BoundPathStep(FieldPath.FromKeys([name]), span)], span);
        return new BoundChain(field, [new BoundOperand(Operation.Coalesce, new BoundMetadata(name, span), span)], span);
    }

    /// <summary>Stands for an expression that was found wrong; the finding keeps the mapping from being built.</summary>
    public static BoundExpression Wrong(TextSpan span) => new BoundDocument(span);

    /// <summary>Texts nest up to the parser's limit; where the caller's stack is too small for that, another one is used.</summary>
    private static BoundExpression Visit(ExpressionSyntax syntax, Visitor visitor) =>
        RuntimeHelpers.TryEnsureSufficientExecutionStack() ? syntax.Accept(visitor) : DeepStack.Run(() => syntax.Accept(visitor));

    private static ExpressionSyntax Ungrouped(ExpressionSyntax syntax)
    {
        while (syntax is GroupSyntax group)
        {
            syntax = group.Inner;
        }

        return syntax;
    }

    private sealed class Visitor(ExpressionBinder binder, Scope scope) : IExpressionVisitor<BoundExpression>
    {
        public BoundExpression VisitNull(NullSyntax node) => new BoundLiteral(Value.Null, "null literal", node.Span);

        public BoundExpression VisitBool(BoolSyntax node) => new BoundLiteral(Value.FromBool(node.Value), "bool literal", node.Span);

        public BoundExpression VisitInteger(IntegerSyntax node) => new BoundLiteral(Value.FromInt64(node.Value), "number literal", node.Span);

        public BoundExpression VisitFloat(FloatSyntax node) => new BoundLiteral(Value.FromFloat64(node.Value), "number literal", node.Span);

        public BoundExpression VisitString(StringSyntax node) => new BoundLiteral(SharedKeys.Of(node.Utf8), "string literal", node.Span);

        public BoundExpression VisitArray(ArraySyntax node)
        {
            BoundExpression[] items = [.. node.Items.Select(Bind)];
            return Folding.Array(items, node.Span);
        }

        public BoundExpression VisitObject(ObjectSyntax node)
        {
            var entries = new List<(BoundExpression Key, BoundExpression Value)>();
            foreach (ObjectEntrySyntax entry in node.Entries)
            {
                BoundExpression key = Bind(entry.Key);
                if (key is BoundLiteral { Value: { IsText: false } wrong })
                {
                    binder.Error(DiagnosticCodes.ObjectKeyNotString, entry.Key.Span, $"object keys must be strings, received: {wrong.TypeName}");
                }

                entries.Add((key, Bind(entry.Value)));
            }

            return Folding.Object(entries, node.Span);
        }

        public BoundExpression VisitThis(ThisSyntax node) => Read(scope.Current, "this", node.Span);

        public BoundExpression VisitRoot(RootSyntax node) => new BoundRoot(binder.HasRoot, node.Span);

        public BoundExpression VisitBareName(BareNameSyntax node)
        {
            if (scope.TryFind(node.Name, out ContextReference parameter))
            {
                return Read(parameter, node.Name, node.Span);
            }

            byte[] name = System.Text.Encoding.UTF8.GetBytes(node.Name);
            BoundExpression context = Read(scope.Current, "this", node.Span);
            return binder.MetadataField(context, name, node.Span) ?? new BoundSteps(context, [new BoundPathStep(FieldPath.FromKeys([name]), node.Span)], node.Span);
        }

        public BoundExpression VisitVariable(VariableSyntax node) => new BoundVariable(binder.Frame.Variable(node.Name), node.Name, node.Span);

        public BoundExpression VisitMetadata(MetadataSyntax node) =>
            new BoundMetadata(node.Key is { Utf8.Length: > 0 } key ? key.Utf8 : null, node.Span);

        public BoundExpression VisitGroup(GroupSyntax node) => Bind(node.Inner);

        public BoundExpression VisitFunctionCall(FunctionCallSyntax node) => binder.Calls.BindFunction(node, scope);

        public BoundExpression VisitLambda(LambdaSyntax node)
        {
            string name = node.Parameter.Text;
            CheckParameter(node, name);
            BoundExpression body = binder.Bind(node.Body, scope.Capture(name));
            return scope.Current.Slot is null ? new BoundCapture(name, body, node.Span) : body;
        }

        public BoundExpression VisitIf(IfSyntax node)
        {
            BoundBranch[] branches = [.. node.Branches.Select(b => new BoundBranch(Bind(b.Condition), Bind(b.Value)))];
            return new BoundIf(branches, node.Else is { } last ? Bind(last) : null, node.Span);
        }

        public BoundExpression VisitMatch(MatchSyntax node)
        {
            BoundExpression? subject = node.Subject is { } written ? Bind(written) : null;
            int slot = binder.Frame.NewSlot();
            Scope inner = scope.Push(slot);
            if (subject is null && scope.Current.Slot is { } same)
            {
                subject = new BoundSlot(same, "this", node.Span);
            }

            BoundCase[] cases =
            [
                .. node.Cases.Select(c => new BoundCase(c.Pattern is { } pattern ? binder.Bind(pattern, inner) : null, binder.Bind(c.Value, inner))),
            ];
            return new BoundMatch(subject, slot, cases, node.Span);
        }

        public BoundExpression VisitNot(NotSyntax node) => new BoundNot(Bind(node.Operand), node.Span);

        public BoundExpression VisitNegate(NegateSyntax node)
        {
            var zero = new BoundLiteral(Value.FromInt64(0), "number literal", node.Span);
            return Folding.Chain(binder, zero, [new BoundOperand(Operation.Subtract, Bind(node.Operand), node.Span)], node.Span);
        }

        public BoundExpression VisitOperatorChain(OperatorChainSyntax node)
        {
            BoundExpression first = Bind(node.First);
            BoundOperand[] rest = [.. node.Rest.Select(o => new BoundOperand(o.Operator, Bind(o.Operand), o.Span))];
            return Folding.Chain(binder, first, rest, node.Span);
        }

        public BoundExpression VisitTailChain(TailChainSyntax node) => new TailBinder(binder, binder.Calls, scope).Bind(node, Bind(node.Target));

        private BoundExpression Bind(ExpressionSyntax syntax) => Visit(syntax, this);

        private void CheckParameter(LambdaSyntax node, string name)
        {
            if (name is "this" or "root")
            {
                binder.Error(DiagnosticCodes.LambdaReservedName, node.Parameter.Span, $"a lambda parameter can't be called {name}", "choose another name");
            }
            else if (name != "_" && scope.TryFind(name, out _))
            {
                binder.Error(
                    DiagnosticCodes.LambdaShadows, node.Parameter.Span, $"the lambda parameter {name} is already in use by an enclosing lambda", "choose another name");
            }

            if (Ungrouped(node.Body) is LambdaSyntax)
            {
                binder.Error(
                    DiagnosticCodes.LambdaDirectlyNested, node.Parameter.Span, "the body of a lambda can't be a lambda", "a lambda has exactly one parameter");
            }
        }
    }

    private bool HasRoot => hasRoot;
}
