using Mapping.Values;

namespace Mapping.Functions;

/// <summary>Kinds of values a receiver may have. Numbers arrive normalised (int64, uint64 or float64) unless anything is accepted.</summary>
[Flags]
internal enum Accepts
{
    None = 0,
    Null = 1,
    Bool = 2,
    Number = 4,
    String = 8,
    Bytes = 16,
    Timestamp = 32,
    Array = 64,
    Object = 128,

    /// <summary>Everything, unchanged: lexical numbers and the sentinels too.</summary>
    Any = 1024,

    /// <summary>String or bytes.</summary>
    Text = String | Bytes,

    /// <summary>String, bytes, or a timestamp, which arrives as its RFC 3339 string.</summary>
    LenientText = String | Bytes | Timestamp | AsText,

    /// <summary>A timestamp, Unix seconds or RFC 3339 text; arrives as a timestamp.</summary>
    TimestampLike = Timestamp | Number | String | Bytes | AsTimestamp,

    AsText = 256,
    AsTimestamp = 512,
}

internal static class AcceptedKinds
{
    private static readonly (Accepts Flag, string Name)[] Names =
    [
        (Accepts.String, "string"), (Accepts.Bytes, "bytes"), (Accepts.Number, "number"), (Accepts.Bool, "bool"),
        (Accepts.Timestamp, "timestamp"), (Accepts.Array, "array"), (Accepts.Object, "object"), (Accepts.Null, "null"),
    ];

    /// <summary>Kinds, one bit each, that are accepted and arrive as they are: nothing is left to coerce.</summary>
    public static uint Unchanged(this Accepts accepts)
    {
        if (accepts == Accepts.Any)
        {
            return ~(1u << (int)ValueKind.Error);
        }

        uint kinds = 0;
        foreach (ValueKind kind in Enum.GetValues<ValueKind>())
        {
            bool isConverted = kind == ValueKind.Timestamp ? accepts.HasFlag(Accepts.AsText) : accepts.HasFlag(Accepts.AsTimestamp);
            kinds |= accepts.Includes(kind) && !isConverted ? 1u << (int)kind : 0;
        }

        return kinds;
    }

    public static bool Includes(this Accepts accepts, ValueKind kind) => (accepts & Of(kind)) != 0;

    /// <summary>The kinds by the names that <c>type()</c> gives.</summary>
    public static IEnumerable<string> TypeNames(this Accepts accepts) =>
        accepts == Accepts.Any ? ["any"] : Names.Where(n => accepts.HasFlag(n.Flag)).Select(n => n.Name);

    /// <summary><c>string</c>, <c>string or array</c>, <c>string, array or object</c>.</summary>
    public static string Describe(this Accepts accepts)
    {
        // Text methods are documented as string methods; naming bytes as well only adds noise.
        string[] names = [.. accepts.TypeNames().Where(n => n != "bytes" || !accepts.HasFlag(Accepts.String))];
        return names.Length <= 1 ? string.Concat(names) : $"{string.Join(", ", names[..^1])} or {names[^1]}";
    }

    private static Accepts Of(ValueKind kind) => kind switch
    {
        ValueKind.Null => Accepts.Null,
        ValueKind.Bool => Accepts.Bool,
        ValueKind.Int64 or ValueKind.UInt64 or ValueKind.Float64 => Accepts.Number,
        ValueKind.String => Accepts.String,
        ValueKind.Bytes => Accepts.Bytes,
        ValueKind.Timestamp => Accepts.Timestamp,
        ValueKind.Array => Accepts.Array,
        ValueKind.Object => Accepts.Object,
        _ => Accepts.None,
    };
}
