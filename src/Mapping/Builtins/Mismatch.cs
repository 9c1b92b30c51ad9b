using Mapping.Values;

namespace Mapping.Builtins;

/// <summary>Type errors of values that no declaration checks: members of arrays, results of queries.</summary>
internal static class Mismatch
{
    /// <summary><c>expected string value, got number (5)</c>.</summary>
    public static Value Error(string expected, Value actual) =>
        Wording.IsOff ? Value.Unworded : Value.FromError(new EvaluationError(ErrorKind.WrongType, Text(expected, actual)));

    /// <summary>The same with the position in front.</summary>
    public static Value ErrorAt(string place, string expected, Value actual) =>
        Value.Fail($"{place}: {Text(expected, actual)}");

    public static string Text(string expected, Value actual) => $"expected {expected} value, got {Describe(actual)}";

    private static string Describe(Value value) => value.Kind switch
    {
        ValueKind.String => $"string (\"{TextForm.Preview(value)}\")",
        ValueKind.Bool or ValueKind.Int64 or ValueKind.UInt64 or ValueKind.Float64 or ValueKind.Lexical => $"{value.TypeName} ({TextForm.Preview(value)})",
        _ => value.TypeName,
    };
}
