using System.Buffers.Text;
using System.Globalization;
using Mapping.Values;
using Mapping.Values.Json;

namespace Mapping.Connectors.SchemaRegistry;

/// <summary>Numbers of binary formats as JSON, and back.</summary>
internal static class JsonNumbers
{
    public static void Write(Utf8Buffer json, long integer)
    {
        Utf8Formatter.TryFormat(integer, json.GetSpan(20), out int length);
        json.Advance(length);
    }

    /// <summary>A whole number, however it is spelt.</summary>
    public static bool TryInteger(Value value, out long integer)
    {
        Value number = value.Normalized();
        integer = number.IsInt64 ? number.AsInt64() : 0;
        if (number.IsFloat64 && number.AsFloat64() is var real && double.IsInteger(real) && Math.Abs(real) < 9.2e18)
        {
            integer = (long)real;
            return true;
        }

        return number.IsInt64;
    }

    /// <summary>JSON has no number for some values; those are told as texts.</summary>
    public static void Write(Utf8Buffer json, double real)
    {
        if (!double.IsFinite(real))
        {
            json.Append(double.IsNaN(real) ? "\"NaN\""u8 : real > 0 ? "\"Infinity\""u8 : "\"-Infinity\""u8);
            return;
        }

        json.Advance(NumberText.WriteJson(real, json.GetSpan(NumberText.MaxLength)));
    }

    /// <summary>With no more digits than a single has.</summary>
    public static void Write(Utf8Buffer json, float real)
    {
        if (!float.IsFinite(real))
        {
            Write(json, (double)real);
            return;
        }

        real.TryFormat(json.GetSpan(NumberText.MaxLength), out int length, default, CultureInfo.InvariantCulture);
        json.Advance(length);
    }

    public static bool TryReal(Value value, out double real)
    {
        Value number = value.Normalized();
        if (number.IsFloat64 || number.IsInt64)
        {
            real = number.ToFloat64();
            return true;
        }

        real = !value.IsString ? 0
            : value.AsSpan() switch
            {
                var t when t.SequenceEqual("NaN"u8) => double.NaN,
                var t when t.SequenceEqual("Infinity"u8) => double.PositiveInfinity,
                var t when t.SequenceEqual("-Infinity"u8) => double.NegativeInfinity,
                _ => 0,
            };
        return real != 0;
    }
}
