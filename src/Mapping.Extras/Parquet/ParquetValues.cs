using System.Collections;
using System.Globalization;
using System.Numerics;
using Mapping.Functions;
using Mapping.Values;
using NodaTime;

namespace Mapping.Extras.Parquet;

/// <summary>Turns what the package read into values.</summary>
internal static class ParquetValues
{
    /// <summary>A row in the order of the columns; the package leaves out what is null.</summary>
    public static Value ToRow(EvaluationContext context, Dictionary<string, object> row, IReadOnlyList<string> columns)
    {
        ObjectNode node = context.Arena.NewObject(columns.Count);
        foreach (string name in columns)
        {
            node.Set(context.Arena.String(name), ToValue(context, row.GetValueOrDefault(name)));
        }

        return Value.FromObject(node);
    }

    private static Value ToObject(EvaluationContext context, IDictionary<string, object> row)
    {
        ObjectNode node = context.Arena.NewObject(row.Count);
        foreach ((string name, object? value) in row)
        {
            node.Set(context.Arena.String(name), ToValue(context, value));
        }

        return Value.FromObject(node);
    }

    private static Value ToValue(EvaluationContext context, object? value) => value switch
    {
        null => Value.Null,
        bool flag => Value.FromBool(flag),
        sbyte or byte or short or ushort or int or uint or long => Value.FromInt64(Convert.ToInt64(value, CultureInfo.InvariantCulture)),
        ulong number => Value.FromUInt64(number),
        float number => Value.FromFloat64(float.IsFinite(number) ? double.Parse(number.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture) : number),
        double number => Value.FromFloat64(number),
        decimal number => Value.FromFloat64((double)number),
        BigInteger number => Value.FromFloat64((double)number),
        string text => context.Arena.String(text),
        byte[] bytes => context.Arena.String(bytes),
        ReadOnlyMemory<byte> bytes => context.Arena.String(bytes.Span),
        ReadOnlyMemory<char> text => context.Arena.String(text.ToString()),
        DateTime moment => OfTicks(DateTime.SpecifyKind(moment, DateTimeKind.Utc)),
        DateTimeOffset moment => OfTicks(moment.UtcDateTime),
        DateOnly date => OfTicks(date.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc)),
        TimeSpan span => Value.FromInt64(span.Ticks * 100),
        TimeOnly time => Value.FromInt64(time.Ticks * 100),
        IDictionary<string, object> members => ToObject(context, members),
        IDictionary map => OfMap(context, map),
        IEnumerable elements => OfList(context, elements),
        _ => context.Arena.String(Convert.ToString(value, CultureInfo.InvariantCulture) ?? string.Empty),
    };

    private static Value OfTicks(DateTime utc) => Value.FromTimestamp(Timestamp.FromInstant(Instant.FromDateTimeUtc(utc), DateTimeZone.Utc));

    private static Value OfMap(EvaluationContext context, IDictionary map)
    {
        ObjectNode node = context.Arena.NewObject(map.Count);
        foreach (DictionaryEntry entry in map)
        {
            node.Set(context.Arena.String(Convert.ToString(entry.Key, CultureInfo.InvariantCulture) ?? string.Empty), ToValue(context, entry.Value));
        }

        return Value.FromObject(node);
    }

    private static Value OfList(EvaluationContext context, IEnumerable elements)
    {
        ArrayNode array = context.Arena.NewArray();
        foreach (object? element in elements)
        {
            array.Add(ToValue(context, element));
        }

        return Value.FromArray(array);
    }
}
