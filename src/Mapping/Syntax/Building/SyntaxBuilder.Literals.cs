using System.Globalization;
using System.Text;
using Mapping.Diagnostics;
using Mapping.Text;

namespace Mapping.Syntax.Building;

/// <content>Numbers and strings.</content>
internal sealed partial class SyntaxBuilder
{
    private IntegerSyntax Integer(TextSpan span)
    {
        if (!long.TryParse(source.Content.AsSpan(span.Start, span.Length), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long value))
        {
            diagnostics.Error(
                DiagnosticCodes.IntegerOutOfRange,
                source,
                span,
                $"the integer {TextOf(span)} is out of range, the largest is {long.MaxValue}",
                "write it with a fraction, as in 1.0, for a floating point number");
        }

        return new IntegerSyntax(value, span);
    }

    private FloatSyntax Float(TextSpan span)
    {
        double value = double.Parse(source.Content.AsSpan(span.Start, span.Length), NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture);
        if (!double.IsFinite(value))
        {
            diagnostics.Error(DiagnosticCodes.IntegerOutOfRange, source, span, "the number is out of the range of floating point numbers");
        }

        return new FloatSyntax(value, span);
    }

    private byte[] Verbatim(TextSpan span) => Encoding.UTF8.GetBytes(source.Content, span.Start + 3, span.Length - 6);

    private byte[] Unquote(TextSpan span)
    {
        ReadOnlySpan<char> content = source.Content.AsSpan(span.Start + 1, span.Length - 2);
        byte[] bytes = StringEscapes.Decode(content, out EscapeFault? fault);
        if (fault is { } wrong)
        {
            var culprit = new TextSpan(span.Start + 1 + wrong.Start, wrong.Length);
            diagnostics.Error(DiagnosticCodes.BadEscape, source, culprit, $"unknown escape `{TextOf(culprit)}` in a string", wrong.Hint);
        }

        return bytes;
    }
}
