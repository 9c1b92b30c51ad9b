using System.Globalization;
using System.Numerics;
using System.Text;
using Mapping.Values;
using Mapping.Values.Json;

namespace Mapping.Connectors.SchemaRegistry.AvroFormat;

/// <summary>A decimal: bytes carry its digits as one integer.</summary>
/// <param name="size">Of a fixed; null for bytes.</param>
/// <param name="scale">Digits behind the point.</param>
/// <param name="isNumber">Read as a number, not as its bytes.</param>
internal sealed class AvroDecimal(int? size, int scale, bool isNumber) : AvroType
{
    /// <summary>More digits than anybody counts; turning bytes into digits takes long when there are many.</summary>
    private const int MostBytes = 1024;

    private readonly AvroBytes carrier = new(size);

    public override void Read(ref WireReader reader, Utf8Buffer json, int level)
    {
        ReadOnlySpan<byte> bytes = AvroBytes.Take(ref reader, size);
        if (!isNumber || bytes.Length > MostBytes)
        {
            AvroBytes.Write(json, bytes);
            return;
        }

        var digits = new BigInteger(bytes, isUnsigned: false, isBigEndian: true);
        string text = BigInteger.Abs(digits).ToString(CultureInfo.InvariantCulture).PadLeft(scale + 1, '0');
        text = scale > 0 ? $"{text[..^scale]}.{text[^scale..]}" : text;
        json.Append(Encoding.ASCII.GetBytes(digits.Sign < 0 ? "-" + text : text));
    }

    public override bool TryWrite(Value value, WireWriter writer)
    {
        if (!value.IsNumber)
        {
            return carrier.TryWrite(value, writer);
        }

        if (!TryDigits(value, out BigInteger digits))
        {
            return Mismatch($"a number with at most {scale} decimals", value, writer);
        }

        byte[] bytes = digits.ToByteArray(isUnsigned: false, isBigEndian: true);
        if (size is { } wanted && bytes.Length < wanted)
        {
            byte[] padded = new byte[wanted];
            padded.AsSpan().Fill(digits.Sign < 0 ? (byte)0xFF : (byte)0);
            bytes.CopyTo(padded, wanted - bytes.Length);
            bytes = padded;
        }

        return AvroBytes.TryPut(bytes, size, writer);
    }

    /// <summary>The number as it is spelt, times ten to the scale; false when that is no integer.</summary>
    private bool TryDigits(Value value, out BigInteger digits)
    {
        var text = new Utf8Buffer();
        JsonWriter.TryWrite(value, text, JsonWriterOptions.Message);
        string[] parts = Encoding.ASCII.GetString(text.WrittenSpan).Split('e', 'E');
        int point = parts[0].IndexOf('.', StringComparison.Ordinal);
        int decimals = point < 0 ? 0 : parts[0].Length - point - 1;
        int exponent = 0;
        digits = default;
        if ((parts.Length > 1 && !int.TryParse(parts[1], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out exponent))
            || Math.Abs((long)exponent) > MostBytes
            || !BigInteger.TryParse(parts[0].Replace(".", string.Empty, StringComparison.Ordinal), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out digits))
        {
            return false;
        }

        int shift = scale + exponent - decimals;
        BigInteger rest = 0;
        digits = shift >= 0 ? digits * BigInteger.Pow(10, shift) : BigInteger.DivRem(digits, BigInteger.Pow(10, -shift), out rest);
        return rest.IsZero;
    }
}
