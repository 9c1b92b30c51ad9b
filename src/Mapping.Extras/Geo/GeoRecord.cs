using Mapping.Functions;
using Mapping.Values;

namespace Mapping.Extras.Geo;

/// <summary>Turns what a database knows of an address into the fields of a method; what is absent is zero, empty, false or null.</summary>
internal static class GeoRecord
{
    public static Value Of(EvaluationContext context, IReadOnlyList<GeoField> fields, IDictionary<string, object>? found)
    {
        ObjectNode record = context.Arena.NewObject(fields.Count);
        foreach (GeoField field in fields)
        {
            object? value = null;
            found?.TryGetValue(field.Key, out value);
            record.AddNew(context.Arena.String(field.Name), Field(context, field, value));
        }

        return Value.FromObject(record);
    }

    private static Value Field(EvaluationContext context, GeoField field, object? found) => field.Kind switch
    {
        GeoKind.Integer => Value.FromInt64(found is int or long or uint or ulong ? unchecked((long)Convert.ToDecimal(found)) : 0),
        GeoKind.Float => Value.FromFloat64(found is double or float or int or long or uint ? Convert.ToDouble(found) : 0),
        GeoKind.Text => context.Arena.String(found as string ?? string.Empty),
        GeoKind.Flag => Value.FromBool(found is true),
        GeoKind.Names => found is IDictionary<string, object> names ? Names(context, names) : Value.Null,
        GeoKind.Group => Of(context, field.Members, found as IDictionary<string, object>),
        _ => found is IEnumerable<object> list ? List(context, field, list) : Value.Null,
    };

    private static Value Names(EvaluationContext context, IDictionary<string, object> names)
    {
        ObjectNode node = context.Arena.NewObject(names.Count);
        foreach ((string language, object name) in names.OrderBy(n => n.Key, StringComparer.Ordinal))
        {
            node.Set(context.Arena.String(language), context.Arena.String(name as string ?? string.Empty));
        }

        return Value.FromObject(node);
    }

    private static Value List(EvaluationContext context, GeoField field, IEnumerable<object> list)
    {
        ArrayNode array = context.Arena.NewArray();
        foreach (object member in list)
        {
            array.Add(Of(context, field.Members, member as IDictionary<string, object>));
        }

        return Value.FromArray(array);
    }
}
