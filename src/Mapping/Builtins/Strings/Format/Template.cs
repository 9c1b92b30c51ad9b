using System.Buffers;
using System.Text;
using Mapping.Functions;
using Mapping.Values;

namespace Mapping.Builtins.Strings.Format;

/// <summary>Reads a template and writes it with its verbs filled in.</summary>
internal ref struct Template(EvaluationContext context, ArrayBufferWriter<byte> output, ReadOnlySpan<Value> arguments)
{
    private const int MostPadding = 1_000_000;

    private readonly ReadOnlySpan<Value> arguments = arguments;
    private ReadOnlySpan<byte> text;
    private int at;
    private int next;
    private bool isReordered;
    private bool isGoodIndex;
    private bool isAfterIndex;

    /// <summary>False when the text would be too large.</summary>
    public bool TryFill(ReadOnlySpan<byte> template, out Value failure)
    {
        text = template;
        failure = default;
        while (at < text.Length)
        {
            int percent = text[at..].IndexOf((byte)'%');
            int end = percent < 0 ? text.Length : at + percent;
            output.Write(text[at..end]);
            at = end + 1;
            if (percent >= 0)
            {
                Fill();
            }

            if (!context.TryGrow(output.WrittenCount, out failure))
            {
                return false;
            }
        }

        WriteSurplus();
        return context.TryGrow(output.WrittenCount, out failure);
    }

    private void Fill()
    {
        Directive directive = Directive.Empty;
        ReadFlags(ref directive);
        isGoodIndex = true;
        isAfterIndex = false;
        ReadIndex();
        ReadWidth(ref directive);
        ReadPrecision(ref directive);
        if (!isAfterIndex)
        {
            ReadIndex();
        }

        if (at >= text.Length)
        {
            output.Write("%!(NOVERB)"u8);
            return;
        }

        Rune.DecodeFromUtf8(text[at..], out Rune verb, out int length);
        at += length;
        if (verb.Value == '%')
        {
            output.Write("%"u8);
        }
        else if (!isGoodIndex)
        {
            WriteMistake(verb, "(BADINDEX)"u8);
        }
        else if (next >= arguments.Length)
        {
            WriteMistake(verb, "(MISSING)"u8);
        }
        else
        {
            if (verb.Value == 'v')
            {
                (directive.SharpV, directive.Sharp) = (directive.Sharp, false);
                (directive.PlusV, directive.Plus) = (directive.Plus, false);
            }

            new ArgumentWriter(output, directive).Write(arguments[next++], verb);
        }
    }

    private void ReadFlags(ref Directive directive)
    {
        for (; at < text.Length; at++)
        {
            switch (text[at])
            {
                case (byte)'#':
                    directive.Sharp = true;
                    break;
                case (byte)'0':
                    directive.Zero = true;
                    break;
                case (byte)'+':
                    directive.Plus = true;
                    break;
                case (byte)'-':
                    directive.Minus = true;
                    break;
                case (byte)' ':
                    directive.Space = true;
                    break;
                default:
                    return;
            }
        }
    }

    private void ReadWidth(ref Directive directive)
    {
        if (LooksAt('*'))
        {
            at++;
            if (!TryTakeNumber(out directive.Width))
            {
                output.Write("%!(BADWIDTH)"u8);
            }
            else if (directive.Width < 0)
            {
                directive.Width = -directive.Width;
                directive.Minus = true;
                directive.Zero = false;
            }

            isAfterIndex = false;
            return;
        }

        directive.Width = ReadNumber();
        if (isAfterIndex && directive.Width >= 0)
        {
            isGoodIndex = false;
        }
    }

    private void ReadPrecision(ref Directive directive)
    {
        if (!LooksAt('.'))
        {
            return;
        }

        at++;
        if (isAfterIndex)
        {
            isGoodIndex = false;
        }

        ReadIndex();
        if (LooksAt('*'))
        {
            at++;
            bool isNumber = TryTakeNumber(out directive.Precision);
            directive.Precision = Math.Max(directive.Precision, -1);
            if (!isNumber || directive.Precision < 0)
            {
                output.Write("%!(BADPREC)"u8);
            }

            isAfterIndex = false;
            return;
        }

        directive.Precision = Math.Max(0, ReadNumber());
    }

    /// <summary><c>[2]</c>: which argument comes next, counted from 1.</summary>
    private void ReadIndex()
    {
        isAfterIndex = false;
        if (!LooksAt('['))
        {
            return;
        }

        isReordered = true;
        int close = text.Length - at < 3 ? -1 : text[at..].IndexOf((byte)']');
        if (close < 0)
        {
            isGoodIndex = false;
            at++;
            return;
        }

        int end = at + close;
        at++;
        int number = ReadNumber();
        bool isValid = at == end && number >= 1 && number <= arguments.Length;
        at = end + 1;
        if (isValid)
        {
            next = number - 1;
            isAfterIndex = true;
        }
        else
        {
            isGoodIndex = false;
        }
    }

    /// <summary>Digits as a number, -1 if there are none; absurd numbers end the template.</summary>
    private int ReadNumber()
    {
        int number = -1;
        for (; at < text.Length && text[at] is >= (byte)'0' and <= (byte)'9'; at++)
        {
            number = (Math.Max(number, 0) * 10) + text[at] - '0';
            if (number > MostPadding)
            {
                at = text.Length;
                return -1;
            }
        }

        return number;
    }

    private bool TryTakeNumber(out int number)
    {
        number = -1;
        if (next >= arguments.Length)
        {
            return false;
        }

        Value argument = arguments[next++];
        if (argument.Kind is not (ValueKind.Int64 or ValueKind.UInt64) || argument.AsInt64() is > MostPadding or < -MostPadding)
        {
            return false;
        }

        number = (int)argument.AsInt64();
        return true;
    }

    private readonly bool LooksAt(char c) => at < text.Length && text[at] == c;

    private readonly void WriteMistake(Rune verb, ReadOnlySpan<byte> mistake)
    {
        output.Write("%!"u8);
        output.Advance(verb.EncodeToUtf8(output.GetSpan(4)));
        output.Write(mistake);
    }

    private readonly void WriteSurplus()
    {
        if (isReordered || next >= arguments.Length)
        {
            return;
        }

        output.Write("%!(EXTRA "u8);
        for (int i = next; i < arguments.Length; i++)
        {
            output.Write(i > next ? ", "u8 : ""u8);
            new ArgumentWriter(output, Directive.Empty).WriteTyped(arguments[i]);
        }

        output.Write(")"u8);
    }
}
