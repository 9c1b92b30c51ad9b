using System.Buffers;
using System.Buffers.Binary;
using Mapping.Functions;
using Mapping.Values;
using NodaTime;

namespace Mapping.Extras.MessagePack;

/// <summary>Writes a value without recursion. Members come in byte order of their keys, so that equal objects give equal bytes.</summary>
internal sealed class MessagePackWriter(EvaluationContext context)
{
    private readonly ArrayBufferWriter<byte> output = new();

    public Value Write(Value value)
    {
        // What is still to be written, the next on top.
        var pending = new Stack<Value>();
        pending.Push(value);
        while (pending.TryPop(out Value next))
        {
            if (next.IsContainer)
            {
                WriteContainer(next, pending);
            }
            else
            {
                WriteScalar(next);
            }

            if (!context.TryStep(out Value exceeded) || !context.TryGrow(output.WrittenCount, out exceeded))
            {
                return exceeded;
            }
        }

        return context.Arena.Bytes(output.WrittenSpan);
    }

    private void WriteContainer(Value container, Stack<Value> pending)
    {
        int count = container.Count;
        if (container.IsArray)
        {
            WriteCount(count, 0x90, 0xDC);
            var elements = new List<Value>(count);
            foreach (Value element in container.Elements)
            {
                elements.Add(element);
            }

            for (int i = count - 1; i >= 0; i--)
            {
                pending.Push(elements[i]);
            }

            return;
        }

        WriteCount(count, 0x80, 0xDE);
        Member[] members = container.SortedMembers();
        for (int i = members.Length - 1; i >= 0; i--)
        {
            pending.Push(members[i].Value);
            pending.Push(members[i].Key);
        }
    }

    private void WriteScalar(Value value)
    {
        switch (value.Kind)
        {
            case ValueKind.Bool:
                WriteByte(value.AsBool() ? 0xC3 : 0xC2);
                break;
            case ValueKind.Int64:
                WriteByte(0xD3);
                WriteBig(value.AsUInt64(), 8);
                break;
            case ValueKind.UInt64:
                WriteByte(0xCF);
                WriteBig(value.AsUInt64(), 8);
                break;
            case ValueKind.Float64:
                WriteByte(0xCB);
                WriteBig(BitConverter.DoubleToUInt64Bits(value.AsFloat64()), 8);
                break;
            case ValueKind.String or ValueKind.Lexical:
                WriteText(value.AsSpan());
                break;
            case ValueKind.Bytes:
                WriteBytes(value.AsSpan());
                break;
            case ValueKind.Timestamp:
                WriteTimestamp(value.AsTimestamp().Instant);
                break;
            default:
                WriteByte(0xC0);
                break;
        }
    }

    private void WriteText(ReadOnlySpan<byte> text)
    {
        if (text.Length < 32)
        {
            WriteByte(0xA0 | text.Length);
            output.Write(text);
            return;
        }

        WriteLength(text.Length, 0xD9);
        output.Write(text);
    }

    private void WriteBytes(ReadOnlySpan<byte> bytes)
    {
        WriteLength(bytes.Length, 0xC4);
        output.Write(bytes);
    }

    /// <summary>Extension -1, in 4, 8 or 12 bytes.</summary>
    private void WriteTimestamp(Instant instant)
    {
        long seconds = instant.ToUnixTimeSeconds();
        ulong nanoseconds = (ulong)(instant - Instant.FromUnixTimeSeconds(seconds)).SubsecondNanoseconds;
        if (seconds is < 0 or >= 1L << 34)
        {
            output.Write((ReadOnlySpan<byte>)[0xC7, 12, 0xFF]);
            WriteBig(nanoseconds, 4);
            WriteBig((ulong)seconds, 8);
            return;
        }

        bool isShort = nanoseconds == 0 && seconds <= uint.MaxValue;
        output.Write((ReadOnlySpan<byte>)[isShort ? (byte)0xD6 : (byte)0xD7, 0xFF]);
        WriteBig((nanoseconds << 34) | (ulong)seconds, isShort ? 4 : 8);
    }

    private void WriteCount(int count, int shortCode, int code)
    {
        if (count < 16)
        {
            WriteByte(shortCode | count);
            return;
        }

        bool isWide = count > ushort.MaxValue;
        WriteByte(isWide ? code + 1 : code);
        WriteBig((ulong)count, isWide ? 4 : 2);
    }

    private void WriteLength(int length, int code)
    {
        (int offset, int size) = length switch { <= byte.MaxValue => (0, 1), <= ushort.MaxValue => (1, 2), _ => (2, 4) };
        WriteByte(code + offset);
        WriteBig((ulong)length, size);
    }

    private void WriteByte(int value) => output.Write((ReadOnlySpan<byte>)[(byte)value]);

    private void WriteBig(ulong value, int size)
    {
        Span<byte> bytes = stackalloc byte[8];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, value);
        output.Write(bytes[(8 - size)..]);
    }
}
