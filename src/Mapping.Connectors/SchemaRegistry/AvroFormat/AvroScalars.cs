using System.Text;
using Mapping.Values;
using Mapping.Values.Json;

namespace Mapping.Connectors.SchemaRegistry.AvroFormat;

internal sealed class AvroNull : AvroType
{
    public override void Read(ref WireReader reader, Utf8Buffer json, int level) => json.Append("null"u8);

    public override bool TryWrite(Value value, WireWriter writer) => value.IsNull || Mismatch("null", value, writer);
}

internal sealed class AvroBool : AvroType
{
    public override void Read(ref WireReader reader, Utf8Buffer json, int level) => json.Append(reader.Byte() != 0);

    public override bool TryWrite(Value value, WireWriter writer)
    {
        if (!value.IsBool)
        {
            return Mismatch("a boolean", value, writer);
        }

        writer.Byte(value.IsTrue ? (byte)1 : (byte)0);
        return true;
    }
}

/// <summary><c>int</c> and <c>long</c>.</summary>
internal sealed class AvroInteger(bool isLong) : AvroType
{
    public override void Read(ref WireReader reader, Utf8Buffer json, int level) => JsonNumbers.Write(json, reader.ZigZag());

    public override bool TryWrite(Value value, WireWriter writer)
    {
        if (!JsonNumbers.TryInteger(value, out long integer) || (!isLong && integer != (int)integer))
        {
            return Mismatch(isLong ? "a long" : "an int", value, writer);
        }

        writer.ZigZag(integer);
        return true;
    }
}

/// <summary><c>float</c> and <c>double</c>.</summary>
internal sealed class AvroReal(bool isDouble) : AvroType
{
    public override void Read(ref WireReader reader, Utf8Buffer json, int level)
    {
        if (isDouble)
        {
            JsonNumbers.Write(json, BitConverter.UInt64BitsToDouble(reader.Fixed64()));
        }
        else
        {
            JsonNumbers.Write(json, BitConverter.UInt32BitsToSingle(reader.Fixed32()));
        }
    }

    public override bool TryWrite(Value value, WireWriter writer)
    {
        if (!JsonNumbers.TryReal(value, out double real))
        {
            return Mismatch(isDouble ? "a double" : "a float", value, writer);
        }

        if (isDouble)
        {
            writer.Fixed64(BitConverter.DoubleToUInt64Bits(real));
        }
        else
        {
            writer.Fixed32(BitConverter.SingleToUInt32Bits((float)real));
        }

        return true;
    }
}

internal sealed class AvroText : AvroType
{
    public override void Read(ref WireReader reader, Utf8Buffer json, int level) => JsonText.WriteString(reader.Bytes(reader.ZigZag()), json, escapeHtml: false);

    public override bool TryWrite(Value value, WireWriter writer)
    {
        if (!value.IsString)
        {
            return Mismatch("a string", value, writer);
        }

        writer.ZigZag(value.TextLength);
        writer.Bytes(value.AsSpan());
        return true;
    }
}

/// <summary><c>bytes</c> and <c>fixed</c>: in JSON a text with a character for each byte.</summary>
/// <param name="size">Of a fixed; null for bytes, whose length goes before them.</param>
internal sealed class AvroBytes(int? size) : AvroType
{
    public override void Read(ref WireReader reader, Utf8Buffer json, int level) => Write(json, Take(ref reader, size));

    public override bool TryWrite(Value value, WireWriter writer) =>
        !value.IsString || !TryBytes(value, out byte[]? bytes)
            ? Mismatch("a string with a character up to U+00FF for each byte", value, writer)
            : TryPut(bytes, size, writer);

    public static ReadOnlySpan<byte> Take(ref WireReader reader, int? size) => reader.Bytes(size ?? reader.ZigZag());

    public static bool TryPut(ReadOnlySpan<byte> bytes, int? size, WireWriter writer)
    {
        if (size is { } wanted && wanted != bytes.Length)
        {
            return writer.Refuse($"expected {wanted} bytes, found {bytes.Length}");
        }

        if (size is null)
        {
            writer.ZigZag(bytes.Length);
        }

        writer.Bytes(bytes);
        return true;
    }

    public static void Write(Utf8Buffer json, ReadOnlySpan<byte> bytes)
    {
        string text = Encoding.Latin1.GetString(bytes);
        JsonText.WriteString(Encoding.UTF8.GetBytes(text), json, escapeHtml: false);
    }

    public static bool TryBytes(Value text, out byte[] bytes)
    {
        string characters = text.AsHostString();
        bytes = [];
        if (characters.Any(static c => c > 0xFF))
        {
            return false;
        }

        bytes = Encoding.Latin1.GetBytes(characters);
        return true;
    }
}

internal sealed class AvroEnum(IReadOnlyList<string> symbols) : AvroType
{
    private readonly byte[][] names = [.. symbols.Select(Encoding.UTF8.GetBytes)];

    public override void Read(ref WireReader reader, Utf8Buffer json, int level)
    {
        long index = reader.ZigZag();
        if (index < 0 || index >= names.Length)
        {
            throw SchemaFailure.Payload($"the payload has symbol {index} of an enum with {names.Length}");
        }

        JsonText.WriteString(names[index], json, escapeHtml: false);
    }

    public override bool TryWrite(Value value, WireWriter writer)
    {
        int index = -1;
        for (int i = 0; value.IsString && i < names.Length && index < 0; i++)
        {
            index = value.AsSpan().SequenceEqual(names[i]) ? i : -1;
        }

        if (index < 0)
        {
            return Mismatch($"one of {string.Join(", ", symbols)}", value, writer);
        }

        writer.ZigZag(index);
        return true;
    }
}
