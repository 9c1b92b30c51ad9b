using System.Buffers;
using System.Text;
using Mapping.Values;

namespace Mapping.Builtins.Strings.Format;

/// <summary>Writes one argument as a verb asks for, in the notation of the language that the verbs come from.</summary>
internal readonly partial struct ArgumentWriter(ArrayBufferWriter<byte> output, Directive directive)
{
    private const int MaxDepth = 200;

    private static readonly Rune PlainVerb = new('v');

    public void Write(Value argument, Rune verb, int depth = 0)
    {
        if (depth > MaxDepth)
        {
            output.Write("..."u8);
            return;
        }

        if (verb.Value == 'T')
        {
            Pad(TypeName(argument));
            return;
        }

        switch (argument.Kind)
        {
            case ValueKind.Bool:
                WriteBool(argument, verb);
                break;
            case ValueKind.Int64:
                WriteInteger(argument, verb, argument.AsInt64() < 0, (ulong)Math.Abs((decimal)argument.AsInt64()));
                break;
            case ValueKind.UInt64:
                WriteInteger(argument, verb, isNegative: false, argument.AsUInt64());
                break;
            case ValueKind.Float64:
                WriteFloat(argument, verb);
                break;
            case ValueKind.String or ValueKind.Lexical:
                WriteText(argument, argument.AsSpan(), verb);
                break;
            case ValueKind.Timestamp:
                WriteText(argument, TimeText.Of(argument.AsTimestamp()), verb);
                break;
            case ValueKind.Bytes:
                WriteBytes(argument, verb);
                break;
            case ValueKind.Array:
                WriteArray(argument, verb, depth);
                break;
            case ValueKind.Object:
                WriteObject(argument, verb, depth);
                break;
            default:
                WriteNil(verb, depth);
                break;
        }
    }

    /// <summary><c>int64=1</c>, in messages about mistakes.</summary>
    public void WriteTyped(Value argument)
    {
        if (!IsNil(argument))
        {
            output.Write(TypeName(argument));
            output.Write("="u8);
        }

        Write(argument, PlainVerb);
    }

    private static bool IsNil(Value argument) => argument.Kind is ValueKind.Null or ValueKind.Nothing or ValueKind.Deleted or ValueKind.Error or ValueKind.Query;

    private static ReadOnlySpan<byte> TypeName(Value argument) => argument.Kind switch
    {
        ValueKind.Bool => "bool"u8,
        ValueKind.Int64 => "int64"u8,
        ValueKind.UInt64 => "uint64"u8,
        ValueKind.Float64 => "float64"u8,
        ValueKind.Lexical => "json.Number"u8,
        ValueKind.String => "string"u8,
        ValueKind.Bytes => "[]uint8"u8,
        ValueKind.Timestamp => "time.Time"u8,
        ValueKind.Array => "[]interface {}"u8,
        ValueKind.Object => "map[string]interface {}"u8,
        _ => "<nil>"u8,
    };

    private void WriteMistake(Value argument, Rune verb)
    {
        output.Write("%!"u8);
        output.Advance(verb.EncodeToUtf8(output.GetSpan(4)));
        output.Write("("u8);
        WriteTyped(argument);
        output.Write(")"u8);
    }

    private void WriteNil(Rune verb, int depth)
    {
        if (depth > 0)
        {
            output.Write(directive.SharpV ? "interface {}(nil)"u8 : "<nil>"u8);
        }
        else if (verb.Value == 'v')
        {
            Pad("<nil>"u8);
        }
        else
        {
            WriteMistake(Value.Null, verb);
        }
    }

    private void WriteBool(Value argument, Rune verb)
    {
        if (verb.Value is 't' or 'v')
        {
            Pad(argument.AsBool() ? "true"u8 : "false"u8);
        }
        else
        {
            WriteMistake(argument, verb);
        }
    }

    private void WriteArray(Value argument, Rune verb, int depth)
    {
        output.Write(directive.SharpV ? "[]interface {}{"u8 : "["u8);
        bool any = false;
        foreach (Value element in argument.Elements)
        {
            output.Write(!any ? ""u8 : directive.SharpV ? ", "u8 : " "u8);
            any = true;
            Write(element, verb, depth + 1);
        }

        output.Write(directive.SharpV ? "}"u8 : "]"u8);
    }

    private void WriteObject(Value argument, Rune verb, int depth)
    {
        output.Write(directive.SharpV ? "map[string]interface {}{"u8 : "map["u8);
        bool any = false;
        foreach (Member member in argument.SortedMembers())
        {
            output.Write(!any ? ""u8 : directive.SharpV ? ", "u8 : " "u8);
            any = true;
            Write(member.Key, verb, depth + 1);
            output.Write(":"u8);
            Write(member.Value, verb, depth + 1);
        }

        output.Write(directive.SharpV ? "}"u8 : "]"u8);
    }

    /// <summary>Writes a finished piece, padded to the width, which counts characters.</summary>
    private void Pad(ReadOnlySpan<byte> piece, bool withZeros)
    {
        int missing = directive.Width <= 0 ? 0 : directive.Width - CountCharacters(piece);
        if (!directive.Minus)
        {
            Repeat(withZeros ? (byte)'0' : (byte)' ', missing);
        }

        output.Write(piece);
        if (directive.Minus)
        {
            Repeat((byte)' ', missing);
        }
    }

    private void Pad(ReadOnlySpan<byte> piece) => Pad(piece, directive.PadsWithZeros);

    private void Repeat(byte c, int count)
    {
        if (count > 0)
        {
            output.GetSpan(count)[..count].Fill(c);
            output.Advance(count);
        }
    }

    private static int CountCharacters(ReadOnlySpan<byte> text)
    {
        int count = 0;
        while (!text.IsEmpty)
        {
            Rune.DecodeFromUtf8(text, out _, out int length);
            text = text[length..];
            count++;
        }

        return count;
    }
}
