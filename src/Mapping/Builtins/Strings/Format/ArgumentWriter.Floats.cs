using System.Text;
using Mapping.Values;

namespace Mapping.Builtins.Strings.Format;

/// <summary>Floats.</summary>
internal readonly partial struct ArgumentWriter
{
    private void WriteFloat(Value argument, Rune verb)
    {
        double value = argument.AsFloat64();
        int precision = directive.Precision;
        string? text = verb.Value switch
        {
            'v' => FloatText.General(value, precision, isUpper: false),
            'g' or 'G' => FloatText.General(value, precision, verb.Value == 'G'),
            'e' or 'E' => FloatText.Exponential(value, precision < 0 ? 6 : precision, verb.Value == 'E'),
            'f' or 'F' => FloatText.Fixed(value, precision < 0 ? 6 : precision),
            'x' or 'X' => FloatText.Hexadecimal(value, precision, verb.Value == 'X'),
            'b' => FloatText.Binary(value),
            _ => null,
        };
        if (text is null)
        {
            WriteMistake(argument, verb);
            return;
        }

        // Every text begins with its sign here.
        string sign = text[0] == '-' ? "-" : directive.Plus ? "+" : directive.Space ? " " : double.IsPositiveInfinity(value) ? "+" : "";
        string digits = text[1..];
        if (!double.IsFinite(value))
        {
            Pad(Encoding.ASCII.GetBytes(sign + digits), withZeros: false);
            return;
        }

        if (directive.Sharp && verb.Value != 'b')
        {
            digits = FloatText.WithPoint(digits, verb.Value is 'g' or 'G' or 'x' ? (precision < 0 ? 6 : precision) : 0);
        }

        if (directive.PadsWithZeros && directive.Width > digits.Length + sign.Length)
        {
            digits = digits.PadLeft(directive.Width - sign.Length, '0');
        }

        Pad(Encoding.ASCII.GetBytes(sign + digits), withZeros: false);
    }
}
