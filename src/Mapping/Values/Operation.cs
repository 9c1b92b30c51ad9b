namespace Mapping.Values;

/// <summary>The binary operators.</summary>
internal enum Operation
{
    Multiply,
    Divide,
    Modulo,
    Coalesce,
    Add,
    Subtract,
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    And,
    Or,
}

/// <summary>Operators on two values. <c>| &amp;&amp; ||</c> decide whether the right side is evaluated at all and are not here.</summary>
internal static class Operations
{
    /// <summary>
    /// False when the operands do not go together; <see cref="Mismatch"/> words it. The result may be an error, such as a
    /// division by zero.
    /// </summary>
    public static bool TryApply(Operation operation, Value left, Value right, Arena arena, out Value result)
    {
        switch (operation)
        {
            case Operation.Add:
                return Arithmetic.TryAdd(left, right, arena, out result);
            case Operation.Subtract:
                return Arithmetic.TrySubtract(left, right, out result);
            case Operation.Multiply:
                return Arithmetic.TryMultiply(left, right, out result);
            case Operation.Divide:
                return Arithmetic.TryDivide(left, right, out result);
            case Operation.Modulo:
                return Arithmetic.TryModulo(left, right, out result);
            case Operation.Equal:
                result = Value.FromBool(Comparison.AreEqual(left, right));
                return true;
            case Operation.NotEqual:
                result = Value.FromBool(!Comparison.AreEqual(left, right));
                return true;
            default:
                return TryOrder(operation, left, right, arena, out result);
        }
    }

    public static string Symbol(Operation operation) => operation switch
    {
        Operation.Multiply => "*",
        Operation.Divide => "/",
        Operation.Modulo => "%",
        Operation.Coalesce => "|",
        Operation.Add => "+",
        Operation.Subtract => "-",
        Operation.Equal => "==",
        Operation.NotEqual => "!=",
        Operation.Less => "<",
        Operation.LessOrEqual => "<=",
        Operation.Greater => ">",
        Operation.GreaterOrEqual => ">=",
        Operation.And => "&&",
        _ => "||",
    };

    /// <summary>The text for operands that do not go together; names tell where the values came from.</summary>
    public static string Mismatch(Operation operation, Value left, Value right, string leftName, string rightName)
    {
        string verb = operation switch
        {
            Operation.Add => "add",
            Operation.Subtract => "subtract",
            Operation.Multiply => "multiply",
            Operation.Divide => "divide",
            Operation.Modulo => "modulo",
            _ => "compare",
        };
        return $"cannot {verb} types {Kind(left)} (from {leftName}) and {Kind(right)} (from {rightName})";
    }

    private static string Kind(Value value) => value.IsLexical && value.Normalized().IsString ? "number out of range" : value.TypeName;

    private static bool TryOrder(Operation operation, Value left, Value right, Arena arena, out Value result)
    {
        if (!Comparison.TryOrder(left, right, arena, out Ordering ordering))
        {
            result = default;
            return false;
        }

        result = Value.FromBool(Holds(operation, ordering));
        return true;
    }

    /// <summary>What <c>&lt; &lt;= &gt; &gt;=</c> say of two values in that order.</summary>
    public static bool Holds(Operation operation, Ordering ordering) => operation switch
    {
        Operation.Less => ordering == Ordering.Less,
        Operation.LessOrEqual => ordering is Ordering.Less or Ordering.Equal,
        Operation.Greater => ordering == Ordering.Greater,
        _ => ordering is Ordering.Greater or Ordering.Equal,
    };
}
