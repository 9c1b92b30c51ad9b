using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Mapping.Functions;
using Mapping.Values;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Mapping.Builtins.Parsing;

/// <summary>What the text of a scalar means.</summary>
internal static partial class YamlScalar
{
    private const string TagPrefix = "tag:yaml.org,2002:";

    /// <summary>The value, or null when the text does not fit the tag.</summary>
    public static Value? Resolve(EvaluationContext context, Scalar scalar)
    {
        string tag = scalar.Tag.IsEmpty || scalar.Tag.IsNonSpecific ? "" : scalar.Tag.Value;
        if (tag.StartsWith(TagPrefix, StringComparison.Ordinal))
        {
            return Tagged(context, scalar.Value, tag[TagPrefix.Length..]);
        }

        return scalar.Style == ScalarStyle.Plain && tag.Length == 0 && !scalar.Tag.IsNonSpecific
            ? Plain(context, scalar.Value)
            : context.Arena.String(scalar.Value);
    }

    /// <summary>Whether a text would be read as something else than a string if it stood there without quotes.</summary>
    public static bool IsSpecial(string text) => IsNull(text) || TryBool(text) is not null || TryNumber(text) is not null || TryTimestamp(text) is not null;

    private static Value Plain(EvaluationContext context, string text) =>
        IsNull(text) ? Value.Null : TryBool(text) ?? TryNumber(text) ?? TryTimestamp(text) ?? context.Arena.String(text);

    private static Value? Tagged(EvaluationContext context, string text, string tag)
    {
        switch (tag)
        {
            case "str":
                return context.Arena.String(text);
            case "null":
                return IsNull(text) ? Value.Null : null;
            case "bool":
                return TryBool(text);
            case "int":
                return TryNumber(text) is { IsFloat64: false } integer ? integer : null;
            case "float":
                return TryNumber(text) is { } number ? Value.FromFloat64(number.ToFloat64()) : null;
            case "timestamp":
                return TryTimestamp(text);
            case "binary":
                byte[] bytes = new byte[text.Length];
                return Convert.TryFromBase64String(text, bytes, out int written) ? context.Arena.String(bytes.AsSpan(0, written)) : null;
            default:
                return context.Arena.String(text);
        }
    }

    private static bool IsNull(string text) => text is "" or "~" or "null" or "Null" or "NULL";

    private static Value? TryBool(string text) => text switch
    {
        "true" or "True" or "TRUE" => Value.True,
        "false" or "False" or "FALSE" => Value.False,
        _ => null,
    };

    private static Value? TryNumber(string text)
    {
        if (text.Length == 0 || !(char.IsAsciiDigit(text[0]) || text[0] is '+' or '-' or '.'))
        {
            return null;
        }

        string plain = text.Replace("_", "", StringComparison.Ordinal);
        switch (plain)
        {
            case ".inf" or ".Inf" or ".INF" or "+.inf" or "+.Inf" or "+.INF":
                return Value.FromFloat64(double.PositiveInfinity);
            case "-.inf" or "-.Inf" or "-.INF":
                return Value.FromFloat64(double.NegativeInfinity);
            case ".nan" or ".NaN" or ".NAN":
                return Value.FromFloat64(double.NaN);
        }

        return TryInteger(plain) ?? (FloatForm().IsMatch(plain) && double.TryParse(plain, NumberStyles.Float, CultureInfo.InvariantCulture, out double real)
            ? Value.FromFloat64(real)
            : null);
    }

    private static Value? TryInteger(string text)
    {
        bool isNegative = text[0] == '-';
        string digits = isNegative || text[0] == '+' ? text[1..] : text;
        int radix = 10;
        if (digits.Length > 1 && digits[0] == '0')
        {
            radix = char.ToLowerInvariant(digits[1]) switch { 'x' => 16, 'b' => 2, _ => 8 };
            digits = char.IsAsciiDigit(digits[1]) ? digits[1..] : char.ToLowerInvariant(digits[1]) is 'x' or 'b' or 'o' ? digits[2..] : "";
        }

        if (digits.Length == 0)
        {
            return null;
        }

        UInt128 size = 0;
        foreach (char c in digits)
        {
            int digit = char.IsAsciiHexDigit(c) ? Strings.HexDigits.ValueOf((byte)c) : radix;
            if (digit >= radix || (size = (size * (uint)radix) + (uint)digit) > ulong.MaxValue)
            {
                return null;
            }
        }

        if (isNegative)
        {
            return size <= 1UL << 63 ? Value.FromInt64(unchecked(-(long)(ulong)size)) : null;
        }

        return size <= long.MaxValue ? Value.FromInt64((long)size) : Value.FromUInt64((ulong)size);
    }

    private static Value? TryTimestamp(string text)
    {
        if (text.Length < 8 || !char.IsAsciiDigit(text[0]) || TimestampForm().Match(text) is not { Success: true } match)
        {
            return null;
        }

        string Two(int group) => match.Groups[group].Value.PadLeft(2, '0');
        string time = match.Groups[4].Success ? $"{Two(4)}:{Two(5)}:{Two(6)}{match.Groups[7].Value}" : "00:00:00";
        string zone = match.Groups[8].Success ? match.Groups[8].Value : "Z";
        byte[] form = Encoding.UTF8.GetBytes($"{match.Groups[1].Value}-{Two(2)}-{Two(3)}T{time}{zone}");
        return Timestamp.TryParseRfc3339(form, out Timestamp? timestamp) ? Value.FromTimestamp(timestamp) : null;
    }

    [GeneratedRegex(@"\A[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?\z")]
    private static partial Regex FloatForm();

    [GeneratedRegex(@"\A([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})(?:(?:[Tt]| )([0-9]{1,2}):([0-9]{1,2}):([0-9]{1,2})(\.[0-9]{1,9})?(Z|[-+][0-9]{2}:[0-9]{2})?)?\z")]
    private static partial Regex TimestampForm();
}
