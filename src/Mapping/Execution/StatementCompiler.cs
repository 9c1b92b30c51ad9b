using Mapping.Functions;
using Mapping.Ir;
using Mapping.Text;
using Mapping.Values;

namespace Mapping.Execution;

/// <summary>Compiles statements to closures that change the document under construction, metadata and variables.</summary>
internal sealed class StatementCompiler(SourceText source) : IBoundStatementVisitor<StatementRunner>
{
    private readonly ExpressionCompiler expressions = new(source);

    public StatementRunner VisitAssignment(BoundAssignment node)
    {
        Evaluator value = expressions.Compile(node.Value);
        FieldPath path = node.Path;
        if (path.Length == 0)
        {
            return context =>
            {
                Value result = value(context);
                if (result.IsError)
                {
                    return result.AsError();
                }

                if (!result.IsNothing)
                {
                    context.ReplaceRoot(result);
                }

                return null;
            };
        }

        return context =>
        {
            Value result = value(context);
            if (result.IsError)
            {
                return result.AsError();
            }

            return result.IsNothing ? null : AssignRoot(context, path, result, node.Span);
        };
    }

    public StatementRunner VisitMeta(BoundMetaAssignment node)
    {
        Evaluator value = expressions.Compile(node.Value);
        FieldPath? key = node.Key is { } name ? FieldPath.FromKeys([name]) : null;
        return context =>
        {
            Value result = value(context);
            if (result.IsError)
            {
                return result.AsError();
            }

            if (context.IsInMap || !context.Metadata.IsObject)
            {
                return Error(context.IsInMap ? "metadata can't be assigned in a map" : "there is no message and so no metadata", node.Span);
            }

            return result.IsNothing ? null : AssignMetadata(context, key, result, node.Span);
        };
    }

    public StatementRunner VisitLet(BoundLet node)
    {
        Evaluator value = expressions.Compile(node.Value);
        int slot = node.Slot;
        return context =>
        {
            Value result = value(context);
            if (result.IsError)
            {
                return result.AsError();
            }

            if (!result.IsNothing)
            {
                // An empty slot is a variable that is not set.
                context.Slots[slot] = result.IsDeleted ? Value.Nothing : result.Frozen();
            }

            return null;
        };
    }

    public StatementRunner VisitIf(BoundIfStatement node)
    {
        Evaluator[] conditions = [.. node.Branches.Select(b => expressions.Compile(b.Condition))];
        StatementRunner[][] bodies = [.. node.Branches.Select(b => CompileAll(b.Body))];
        StatementRunner[] otherwise = CompileAll(node.Else);
        return context =>
        {
            for (int i = 0; i < conditions.Length; i++)
            {
                Value decision = conditions[i](context);
                if (decision.IsTrue)
                {
                    return RunAll(bodies[i], context);
                }

                if (!decision.IsBool)
                {
                    return Failure.Condition(decision, node.Branches[i].Condition, source, $"failed to check if condition {i + 1}: ").AsError();
                }
            }

            return RunAll(otherwise, context);
        };
    }

    public StatementRunner Compile(BoundStatement statement) => statement.Accept(this);

    private StatementRunner[] CompileAll(IReadOnlyList<BoundStatement> statements) => [.. statements.Select(Compile)];

    private static EvaluationError? RunAll(StatementRunner[] body, EvaluationContext context)
    {
        foreach (StatementRunner statement in body)
        {
            if (statement(context) is { } error)
            {
                return error;
            }
        }

        return null;
    }

    private EvaluationError? AssignRoot(EvaluationContext context, FieldPath path, Value value, TextSpan span)
    {
        Value root = context.Root;
        if (path.Length == 1 && root.ObjectNode is { IsFrozen: false } node && !value.IsContainer)
        {
            // The usual statement: a member of an object that is being built.
            if (value.IsDeleted)
            {
                node.Remove(path.Segments[0]);
            }
            else
            {
                node.Set(path.Segments[0], value);
            }

            return null;
        }

        if (value.IsDeleted)
        {
            PathAssignment.Delete(ref root, path, context.Arena);
            context.Root = root;
            return null;
        }

        EvaluationError? failure = PathAssignment.Assign(ref root, path, value, context.Arena);
        context.Root = root;
        if (failure is null && context.Checked(root) is { IsError: true } tooMuch)
        {
            failure = tooMuch.AsError();
        }

        failure?.Locate(source, span);
        return failure;
    }

    private EvaluationError? AssignMetadata(EvaluationContext context, FieldPath? key, Value value, TextSpan span)
    {
        context.IsMetadataChanged = true;
        Value metadata = context.Metadata;
        if (key is null)
        {
            if (!value.IsObject && !value.IsDeleted)
            {
                return Error($"setting all metadata requires an object value, received: {value.TypeName}", span);
            }

            context.Metadata = value.IsDeleted ? Value.FromObject(context.Arena.NewObject()) : value.Frozen();
        }
        else if (value.IsDeleted)
        {
            PathAssignment.Delete(ref metadata, key, context.Arena);
            context.Metadata = metadata;
        }
        else
        {
            PathAssignment.Assign(ref metadata, key, value, context.Arena);
            context.Metadata = metadata;
        }

        return null;
    }

    private EvaluationError Error(string message, TextSpan span)
    {
        var error = new EvaluationError(ErrorKind.WrongType, message);
        error.Locate(source, span);
        return error;
    }
}
