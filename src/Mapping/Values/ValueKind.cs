namespace Mapping.Values;

/// <summary>What a <see cref="Value"/> holds. The first eight need an owner and fit into three bits.</summary>
internal enum ValueKind : byte
{
    String,
    Bytes,

    /// <summary>A number of the input, kept by its spelling until an operation needs its value.</summary>
    Lexical,
    Timestamp,
    Array,
    Object,

    /// <summary>A failure; it travels as a value because an exception costs more than a whole mapping.</summary>
    Error,

    /// <summary>An unevaluated argument; only ever seen by the builtin that declared it.</summary>
    Query,
    Null,
    Bool,
    Int64,
    UInt64,
    Float64,

    /// <summary>The result that means "do not assign".</summary>
    Nothing,

    /// <summary>The result that means "remove the target".</summary>
    Deleted,
}
