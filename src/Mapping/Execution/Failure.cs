using Mapping.Ir;
using Mapping.Text;
using Mapping.Values;

namespace Mapping.Execution;

/// <summary>Words failures: which value, called what, found where. Only ever reached when something went wrong.</summary>
internal static class Failure
{
    public static Value Located(Value error, SourceText source, TextSpan span)
    {
        error.AsError().Locate(source, span);
        return error;
    }

    /// <summary><c>expected string value, got number from field `this.a` (5)</c></summary>
    public static Value WrongType(string expected, Value got, BoundExpression culprit, SourceText source) => Wording.IsOff ? Value.Unworded
        : WrongType(expected, got, Annotation.Of(culprit), Annotation.PathOf(culprit), source, culprit.Span);

    public static Value WrongType(string expected, Value got, string name, ValuePath? path, SourceText source, TextSpan span)
    {
        string shown = got.Kind switch
        {
            ValueKind.String => $" (\"{TextForm.Preview(got)}\")",
            ValueKind.Bool or ValueKind.Int64 or ValueKind.UInt64 or ValueKind.Float64 or ValueKind.Lexical => $" ({TextForm.Preview(got)})",
            _ => string.Empty,
        };
        var error = new EvaluationError(ErrorKind.WrongType, $"expected {expected} value, got {got.TypeName} from {name}{shown}") { Value = path };
        return Located(Value.FromError(error), source, span);
    }

    public static Value Mismatch(Operation operation, Value left, Value right, BoundExpression leftNode, BoundExpression rightNode, SourceText source, TextSpan span)
    {
        if (Wording.IsOff)
        {
            return Value.Unworded;
        }

        string message = Operations.Mismatch(operation, left, right, Annotation.Of(leftNode), Annotation.Of(rightNode));
        bool leftIsWrong = !left.IsNumber && !left.IsText;
        var error = new EvaluationError(ErrorKind.WrongType, message) { Value = Annotation.PathOf(leftIsWrong || right.IsNumber ? leftNode : rightNode) };
        return Located(Value.FromError(error), source, span);
    }

    public static Value Condition(Value decision, BoundExpression condition, SourceText source, string prefix)
    {
        if (Wording.IsOff)
        {
            return decision.IsError && decision.AsError().IsFatal ? decision : Value.Unworded;
        }

        if (decision.IsError)
        {
            return decision.AsError().Within(prefix);
        }

        string message = $"{prefix}{Annotation.Of(condition)} resolved to a non-boolean value {TextForm.Preview(decision)} ({decision.TypeName})";
        return Located(Value.FromError(new EvaluationError(ErrorKind.WrongType, message)), source, condition.Span);
    }

    public static Value ObjectKey(Value key, BoundExpression node, SourceText source)
    {
        Value error = key.IsError ? key : WrongType("string", key, node, source);
        return error.AsError().Within("failed to resolve key: ");
    }
}
