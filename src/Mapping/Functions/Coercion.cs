using Mapping.Values;

namespace Mapping.Functions;

/// <summary>Brings targets and arguments into the form a declaration asks for; the only place that does.</summary>
internal static class Coercion
{
    /// <summary>False when the kind is not accepted; the caller, who knows what the value is called, words the error.</summary>
    public static bool TryReceiver(Accepts accepts, ref Value value, EvaluationContext context)
    {
        if (accepts == Accepts.Any)
        {
            return true;
        }

        Value seen = value.Normalized();
        if (!accepts.Includes(seen.Kind))
        {
            return false;
        }

        if (accepts.HasFlag(Accepts.AsText) && seen.Kind == ValueKind.Timestamp)
        {
            value = seen.AsTimestamp().ToText(context.Arena);
            return true;
        }

        value = seen;
        return !accepts.HasFlag(Accepts.AsTimestamp) || TryTimestamp(ref value);
    }

    public static bool TryArgument(ParameterType type, ref Value value)
    {
        switch (type)
        {
            case ParameterType.Any:
                return true;
            case ParameterType.String:
                return value.IsText;
            case ParameterType.Int64:
                value = value.Normalized();
                if (!value.IsNumber)
                {
                    return false;
                }

                value = Value.FromInt64(value.ToInt64());
                return true;
            case ParameterType.Float64:
                value = value.Normalized();
                if (!value.IsNumber)
                {
                    return false;
                }

                value = Value.FromFloat64(value.ToFloat64());
                return true;
            case ParameterType.Bool:
                value = value.Normalized();
                if (!value.IsBool && !value.IsNumber)
                {
                    return false;
                }

                value = Value.FromBool(value.ToCondition());
                return true;
            case ParameterType.Timestamp:
                return TryTimestamp(ref value);
            case ParameterType.Array:
                return value.IsArray;
            case ParameterType.Object:
                return value.IsObject;
            default:
                return value.Kind == ValueKind.Query;
        }
    }

    /// <summary>Timestamp, Unix seconds in the local zone, or RFC 3339 text.</summary>
    public static bool TryTimestamp(ref Value value)
    {
        value = value.Normalized();
        switch (value.Kind)
        {
            case ValueKind.Timestamp:
                return true;
            case ValueKind.Int64 or ValueKind.UInt64 or ValueKind.Float64:
                if (!Timestamp.TryFromUnix(value, out Timestamp? moment))
                {
                    return false;
                }

                value = Value.FromTimestamp(moment);
                return true;
            case ValueKind.String or ValueKind.Bytes:
                if (!Timestamp.TryParseRfc3339(value.AsSpan(), out moment))
                {
                    return false;
                }

                value = Value.FromTimestamp(moment);
                return true;
            default:
                return false;
        }
    }
}
