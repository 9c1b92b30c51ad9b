using Mapping.Values;

namespace Mapping.Extras.Schemas;

/// <summary>The types of JSON as schemas name them.</summary>
internal static class JsonTypes
{
    public static readonly string[] Names = ["array", "boolean", "integer", "number", "null", "object", "string"];

    public static string NameOf(Value value) => value.Kind switch
    {
        ValueKind.Null => "null",
        ValueKind.Bool => "boolean",
        ValueKind.Array => "array",
        ValueKind.Object => "object",
        _ when value.IsNumber => IsInteger(value) ? "integer" : "number",
        _ => "string",
    };

    /// <summary>Whether a number has no fraction; how it is spelled does not matter.</summary>
    public static bool IsInteger(Value number) =>
        number.Kind is ValueKind.Int64 or ValueKind.UInt64 || DecimalNumber.Of(number).IsInteger;
}

/// <summary><c>type</c>.</summary>
internal sealed class TypeKeyword(IReadOnlyList<string> types)
{
    private readonly bool anyNumber = types.Contains("number");

    public string Names { get; } = string.Join(", ", types);

    public bool Allows(Value value)
    {
        if (value.IsNumber)
        {
            return anyNumber || (types.Contains("integer") && JsonTypes.IsInteger(value));
        }

        return types.Contains(JsonTypes.NameOf(value));
    }
}
