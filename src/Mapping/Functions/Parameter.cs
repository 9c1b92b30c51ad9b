using Mapping.Values;

namespace Mapping.Functions;

internal enum ParameterType
{
    /// <summary>String or bytes; arrives as text.</summary>
    String,

    /// <summary>Any number, truncated toward zero.</summary>
    Int64,

    /// <summary>Any number.</summary>
    Float64,

    /// <summary>Bool or number.</summary>
    Bool,

    /// <summary>Timestamp, Unix seconds or RFC 3339 text.</summary>
    Timestamp,
    Array,
    Object,
    Any,

    /// <summary>Not evaluated beforehand; the builtin evaluates it with a context of its own (<c>map_each</c>, <c>catch</c>).</summary>
    Query,

    /// <summary>Not evaluated beforehand; evaluated, if at all, in the caller's context (<c>or</c>).</summary>
    Lazy,
}

/// <summary>A parameter of a builtin.</summary>
/// <param name="Name">Lower case, as in a named argument.</param>
/// <param name="Type">What is accepted and in which form it arrives.</param>
/// <param name="Summary">One sentence.</param>
/// <param name="Default">Used when the argument is not given; null when there is none.</param>
/// <param name="IsOptional">Without a default: arrives as <see cref="Value.Absent"/> when not given.</param>
/// <param name="IsLiteralOnly">A dynamic argument is refused while compiling.</param>
internal sealed record Parameter(
    string Name,
    ParameterType Type,
    string Summary,
    Value? Default = null,
    bool IsOptional = false,
    bool IsLiteralOnly = false)
{
    /// <summary>Queries: the object of two members they see, which always or for some targets is made for them.</summary>
    public PairKeys? Pair { get; init; }

    public bool IsRequired => Default is null && !IsOptional;

    public bool IsUnevaluated => Type is ParameterType.Query or ParameterType.Lazy;

    /// <summary>The type as documented.</summary>
    public string TypeName => Type switch
    {
        ParameterType.String => "string",
        ParameterType.Int64 => "integer",
        ParameterType.Float64 => "float",
        ParameterType.Bool => "bool",
        ParameterType.Timestamp => "timestamp",
        ParameterType.Array => "array",
        ParameterType.Object => "object",
        ParameterType.Any => "any",
        _ => "query expression",
    };
}
