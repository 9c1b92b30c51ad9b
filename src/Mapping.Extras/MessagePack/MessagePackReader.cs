using System.Globalization;
using Mapping.Functions;
using Mapping.Values;
using NodaTime;

namespace Mapping.Extras.MessagePack;

/// <summary>Reads one value without recursion. Texts are slices of the data.</summary>
internal sealed class MessagePackReader(EvaluationContext context, Value data)
{
    private readonly Stack<Level> levels = new();
    private int position;

    public Value Read()
    {
        while (true)
        {
            Value value = ReadOne(out bool isOpen);
            if (value.IsError)
            {
                return value;
            }

            // A finished value belongs to the container around it, which may be finished by that.
            while (!isOpen)
            {
                if (levels.Count == 0)
                {
                    return context.Checked(value);
                }

                Level level = levels.Peek();
                if (!level.TryTake(value))
                {
                    return Fail($"an object key is {value.TypeName}, not a string");
                }

                isOpen = level.Remaining > 0;
                if (!isOpen)
                {
                    levels.Pop();
                    value = level.Value;
                }
            }
        }
    }

    /// <summary>A scalar, or a container whose contents follow.</summary>
    private Value ReadOne(out bool isOpen)
    {
        isOpen = false;
        if (!context.TryStep(out Value exceeded))
        {
            return exceeded;
        }

        if (position == data.TextLength)
        {
            return Truncated();
        }

        int code = data.AsSpan()[position++];
        return code switch
        {
            < 0x80 => Value.FromInt64(code),
            < 0x90 => Open(code & 0x0F, isObject: true, out isOpen),
            < 0xA0 => Open(code & 0x0F, isObject: false, out isOpen),
            < 0xC0 => Text(code & 0x1F),
            0xC0 => Value.Null,
            0xC2 => Value.False,
            0xC3 => Value.True,
            >= 0xC4 and <= 0xC6 => TryBig(1 << (code - 0xC4), out ulong length) ? Bytes(length) : Truncated(),
            >= 0xC7 and <= 0xC9 => TryBig(1 << (code - 0xC7), out ulong length) ? Extension(length) : Truncated(),
            0xCA => TryBig(4, out ulong bits) ? Value.FromFloat64(Widened(BitConverter.UInt32BitsToSingle((uint)bits))) : Truncated(),
            0xCB => TryBig(8, out ulong bits) ? Value.FromFloat64(BitConverter.UInt64BitsToDouble(bits)) : Truncated(),
            0xCF => TryBig(8, out ulong number) ? Value.FromUInt64(number) : Truncated(),
            >= 0xCC and <= 0xCE => TryBig(1 << (code - 0xCC), out ulong number) ? Value.FromInt64((long)number) : Truncated(),
            >= 0xD0 and <= 0xD3 => Signed(1 << (code - 0xD0)),
            >= 0xD4 and <= 0xD8 => Extension(1UL << (code - 0xD4)),
            >= 0xD9 and <= 0xDB => TryBig(1 << (code - 0xD9), out ulong length) ? Text(length) : Truncated(),
            0xDC or 0xDD => TryBig(code == 0xDC ? 2 : 4, out ulong count) ? Open(count, isObject: false, out isOpen) : Truncated(),
            0xDE or 0xDF => TryBig(code == 0xDE ? 2 : 4, out ulong count) ? Open(count, isObject: true, out isOpen) : Truncated(),
            >= 0xE0 => Value.FromInt64((sbyte)code),
            _ => Fail($"{code:x2} begins no value"),
        };
    }

    private Value Open(long count, bool isObject, out bool isOpen) => Open((ulong)count, isObject, out isOpen);

    private Value Open(ulong count, bool isObject, out bool isOpen)
    {
        isOpen = count > 0;

        // Every element takes a byte at least: a lying count is found before memory is taken for it.
        ulong left = (ulong)(data.TextLength - position);
        if ((isObject ? count * 2 : count) > left)
        {
            return Truncated();
        }

        if (levels.Count >= context.Limits.MaxDepth)
        {
            return EvaluationContext.Exceeded($"a value is nested more than {context.Limits.MaxDepth} levels deep");
        }

        if (!context.TryGrow((isObject ? 32L : 16L) * (long)count, out Value exceeded))
        {
            return exceeded;
        }

        var level = new Level(isObject ? null : context.Arena.NewArray((int)count), isObject ? context.Arena.NewObject((int)count) : null, (int)count);
        if (isOpen)
        {
            levels.Push(level);
        }

        return level.Value;
    }

    private Value Text(long length) => Text((ulong)length);

    private Value Text(ulong length) => Bytes(length) is { IsError: false } bytes ? bytes.ToStringKind() : Truncated();

    private Value Bytes(ulong length)
    {
        if (length > (ulong)(data.TextLength - position))
        {
            return Truncated();
        }

        Value bytes = data.Slice(position, (int)length).ToBytesKind();
        position += (int)length;
        return bytes;
    }

    private Value Signed(int size)
    {
        int shift = 64 - (8 * size);
        return TryBig(size, out ulong bits) ? Value.FromInt64((long)(bits << shift) >> shift) : Truncated();
    }

    private Value Extension(ulong length)
    {
        if (!TryBig(1, out ulong type) || length > (ulong)(data.TextLength - position))
        {
            return Truncated();
        }

        if ((sbyte)type != -1 || length is not (4 or 8 or 12))
        {
            return Fail($"extension {(sbyte)type} of {length} bytes is not known");
        }

        ulong nanoseconds = 0;
        if (length == 12)
        {
            TryBig(4, out nanoseconds);
        }

        TryBig(length == 4 ? 4 : 8, out ulong seconds);
        if (length == 8)
        {
            nanoseconds = seconds >> 34;
            seconds &= (1UL << 34) - 1;
        }

        bool isKnown = (long)seconds is >= -62_135_596_800 and <= 253_402_300_799 && nanoseconds < 1_000_000_000;
        return isKnown
            ? Value.FromTimestamp(Timestamp.FromInstant(Instant.FromUnixTimeSeconds((long)seconds).PlusNanoseconds((long)nanoseconds), DateTimeZone.Utc))
            : Fail("a timestamp is out of range");
    }

    private bool TryBig(int size, out ulong value)
    {
        value = 0;
        if (data.TextLength - position < size)
        {
            return false;
        }

        foreach (byte part in data.AsSpan().Slice(position, size))
        {
            value = (value << 8) | part;
        }

        position += size;
        return true;
    }

    private static Value Truncated() => Fail("the data ends within a value");

    /// <summary>The double with the same shortest spelling: 0.1 stays 0.1.</summary>
    private static double Widened(float single) =>
        float.IsFinite(single) ? double.Parse(single.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture) : single;

    private static Value Fail(string problem) => Value.Fail($"failed to parse value as msgpack: {problem}");

    /// <summary>A container whose contents are being read.</summary>
    private sealed class Level(ArrayNode? array, ObjectNode? node, int count)
    {
        private Value? key;

        public int Remaining { get; private set; } = count;

        public Value Value => array is null ? Value.FromObject(node!) : Value.FromArray(array);

        /// <summary>Takes the next key or value; false when it should be a key and is no text.</summary>
        public bool TryTake(Value value)
        {
            if (array is not null)
            {
                array.Add(value);
                Remaining--;
            }
            else if (key is { } name)
            {
                node!.Set(name, value);
                key = null;
                Remaining--;
            }
            else if (value.IsText)
            {
                key = value.ToStringKind();
            }
            else
            {
                return false;
            }

            return true;
        }
    }
}
