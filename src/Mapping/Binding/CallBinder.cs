using Mapping.Diagnostics;
using Mapping.Functions;
using Mapping.Ir;
using Mapping.Syntax;
using Mapping.Text;
using Mapping.Values;

namespace Mapping.Binding;

/// <summary>Resolves calls: looks the builtin up, checks and coerces arguments, prepares and folds what literals decide.</summary>
internal sealed class CallBinder(ExpressionBinder binder)
{
    private Registry Registry => binder.Session.Registry;

    public BoundExpression BindFunction(FunctionCallSyntax node, Scope scope)
    {
        BoundCall? call = Bind(node.Name, node.Arguments, scope, isMethod: false, node.Span);
        if (call is null)
        {
            return ExpressionBinder.Wrong(node.Span);
        }

        if (call.Builtin.Name == "var" && call.Arguments.Count == 1)
        {
            return BindVariable(call.Arguments[0].Value, node.Span);
        }

        return TryFold(call, target: null, node.Span) ?? new BoundFunctionCall(call, node.Span);
    }

    public BoundCall? BindMethod(MethodTailSyntax node, Scope scope) => Bind(node.Name, node.Arguments, scope, isMethod: true, node.Span);

    /// <summary>The result of a static builtin on literals; null when it has to be called each time.</summary>
    public BoundExpression? TryFold(BoundCall call, BoundLiteral? target, TextSpan span)
    {
        Builtin builtin = call.Builtin;
        if (!builtin.IsStatic || !call.Arguments.All(a => a.Value is BoundLiteral) || IsSwitchedOff(call))
        {
            return null;
        }

        EvaluationContext context = binder.Session.FoldingContext();
        Value receiver = target?.Value ?? default;
        Value result;
        if (builtin.IsMethod && !Coercion.TryReceiver(builtin.Receiver, ref receiver, context))
        {
            result = Value.Fail($"expected {builtin.Receiver.Describe()} value, got {receiver.TypeName} from {target!.Origin}");
        }
        else
        {
            Value[] arguments = [.. call.Arguments.Select(a => ((BoundLiteral)a.Value).Value)];
            result = Invocation.Invoke(builtin, call.State, context, receiver, arguments);
        }

        if (result.IsError)
        {
            binder.Error(DiagnosticCodes.ConstantFails, call.Span, result.AsError().Message, "this fails for every message");
            return ExpressionBinder.Wrong(span);
        }

        string? origin = result.IsSentinel ? null : $"{builtin.KindName} {builtin.Name}";
        return Folding.Literal(result, span, origin);
    }

    private static bool IsSwitchedOff(BoundCall call) =>
        call.Builtin.StaticUnless is { } name
        && call.Arguments.First(a => a.Name == name).Value is BoundLiteral { Value.IsTrue: true };

    private BoundExpression BindVariable(BoundExpression name, TextSpan span)
    {
        if (name is BoundLiteral { Value.IsText: true } known)
        {
            string text = known.Value.AsHostString();
            return new BoundVariable(binder.Frame.Variable(text), text, span);
        }

        return new BoundNamedVariable(name, binder.Frame.Variables, span);
    }

    private BoundCall? Bind(NameSyntax name, ArgumentListSyntax list, Scope scope, bool isMethod, TextSpan span)
    {
        var known = isMethod ? Registry.Methods : Registry.Functions;
        if (!known.TryGetValue(name.Text, out Builtin? builtin))
        {
            BindLoosely(list, scope);
            ReportUnknown(name, isMethod);
            return null;
        }

        if (builtin.IsVariadic)
        {
            return BindVariadic(builtin, list, scope, span);
        }

        ArgumentSyntax?[]? assigned = new ArgumentAssigner(binder, builtin, list).Assign();
        if (assigned is null)
        {
            BindLoosely(list, scope);
            return null;
        }

        var arguments = new BoundArgument[assigned.Length];
        bool valid = true;
        for (int i = 0; i < assigned.Length; i++)
        {
            Parameter parameter = builtin.Parameters[i];
            arguments[i] = assigned[i] is { } written ? BindArgument(builtin, parameter, written, scope, ref valid) : Missing(parameter, span);
        }

        return valid ? Prepared(builtin, arguments, assigned, span) : null;
    }

    private BoundCall? BindVariadic(Builtin builtin, ArgumentListSyntax list, Scope scope, TextSpan span)
    {
        if (list.Items.FirstOrDefault(a => a.Name is not null) is { } named)
        {
            BindLoosely(list, scope);
            binder.Error(DiagnosticCodes.NamedOnVariadic, named.Name!.Span, $"{builtin.KindName} {builtin.Name} takes no named arguments", "give the values in order");
            return null;
        }

        BoundArgument[] arguments =
        [
            .. list.Items.Select((a, i) => new BoundArgument($"{i}", ParameterType.Any, binder.Bind(a.Value, scope))),
        ];
        return Prepared(builtin, arguments, list.Items.ToArray(), span);
    }

    private BoundArgument BindArgument(Builtin builtin, Parameter parameter, ArgumentSyntax written, Scope scope, ref bool valid)
    {
        if (parameter.Type == ParameterType.Query)
        {
            int slot = binder.Frame.NewSlot(parameter.Pair is null ? 1 : 3);
            return new BoundArgument(parameter.Name, parameter.Type, binder.Bind(written.Value, scope.Push(slot)), slot);
        }

        BoundExpression value = binder.Bind(written.Value, scope);
        if (parameter.Type == ParameterType.Lazy)
        {
            return new BoundArgument(parameter.Name, parameter.Type, value);
        }

        if (value is BoundLiteral literal)
        {
            Value coerced = literal.Value;
            if (!Coercion.TryArgument(parameter.Type, ref coerced))
            {
                valid = false;
                binder.Error(
                    DiagnosticCodes.ArgumentType,
                    written.Value.Span,
                    $"{builtin.KindName} {builtin.Name}, parameter {parameter.Name}: expected {parameter.TypeName} value, got {literal.Value.TypeName}");
            }

            value = literal with { Value = coerced };
        }
        else if (parameter.IsLiteralOnly)
        {
            valid = false;
            binder.Error(DiagnosticCodes.ArgumentNotLiteral, written.Value.Span, $"parameter {parameter.Name} of {builtin.Name} must be a literal");
        }

        return new BoundArgument(parameter.Name, parameter.Type, value);
    }

    private static BoundArgument Missing(Parameter parameter, TextSpan span) =>
        new(parameter.Name, parameter.Type, new BoundLiteral(parameter.Default ?? Value.Absent, "default", span)) { IsGiven = false };

    /// <summary>With literal arguments the builtin is prepared here and now, once for the call site.</summary>
    private BoundCall? Prepared(Builtin builtin, BoundArgument[] arguments, ArgumentSyntax?[] written, TextSpan span)
    {
        if (builtin.Prepare is null || !arguments.All(a => a.IsQuery || a.Value is BoundLiteral))
        {
            return new BoundCall(builtin, arguments, State: null, span);
        }

        // Queries are compiled later; the body gets them, the preparation sees only whether they were given.
        Value[] values = [.. arguments.Select(a => a.IsQuery ? Value.Null : ((BoundLiteral)a.Value).Value)];
        BuiltinServices services = builtin.DependsOnSource ? binder.Session.Services.For(binder.Source) : binder.Session.Services;
        Preparation preparation = builtin.Prepare(services, values);
        if (preparation.Error is { } problem)
        {
            TextSpan culprit = preparation.Argument < written.Length && written[preparation.Argument] is { } argument ? argument.Value.Span : span;
            binder.Error(DiagnosticCodes.ArgumentRejected, culprit, $"{builtin.KindName} {builtin.Name}: {problem}");
            return null;
        }

        return new BoundCall(builtin, arguments, preparation.State, span);
    }

    /// <summary>Finds what is wrong inside the arguments of a call that is wrong itself.</summary>
    private void BindLoosely(ArgumentListSyntax list, Scope scope)
    {
        foreach (ArgumentSyntax argument in list.Items)
        {
            binder.Bind(argument.Value, scope.Push(binder.Frame.NewSlot()));
        }
    }

    private void ReportUnknown(NameSyntax name, bool isMethod)
    {
        string text = name.Text;
        var known = isMethod ? Registry.Methods : Registry.Functions;
        var others = isMethod ? Registry.Functions : Registry.Methods;
        string kind = isMethod ? "method" : "function";
        if (Registry.Gap is { } gap && gap.Lacks(text, isMethod))
        {
            binder.Error(DiagnosticCodes.NotInEdition, name.Span, $"{kind} \"{text}\" is not part of {gap.Edition}", gap.Remedy);
            return;
        }

        string? hint = Registry.Withheld.Contains(text) ? $"{text} is not available in this environment"
            : Suggestion.Hint(text, known.Keys)
            ?? (others.ContainsKey(text) ? isMethod ? $"{text} is a function: {text}(...)" : $"{text} is a method: value.{text}(...)" : null);
        binder.Error(isMethod ? DiagnosticCodes.UnknownMethod : DiagnosticCodes.UnknownFunction, name.Span, $"unknown {kind} \"{text}\"", hint);
    }
}
