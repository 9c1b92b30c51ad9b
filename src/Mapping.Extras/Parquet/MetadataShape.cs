namespace Mapping.Extras.Parquet;

/// <summary>
/// Whether the metadata of a file is whole: the package reads on beyond the end of broken metadata, sometimes for ever. Only
/// the shape is looked at (the compact protocol of Thrift), not what it says.
/// </summary>
internal ref struct MetadataShape
{
    private const int MostNesting = 32;
    private ReadOnlySpan<byte> rest;

    private enum FieldType
    {
        True = 1,
        False = 2,
        Byte = 3,
        Int16 = 4,
        Int32 = 5,
        Int64 = 6,
        Double = 7,
        Binary = 8,
        List = 9,
        Set = 10,
        Map = 11,
        Struct = 12,
    }

    public static bool IsWhole(ReadOnlySpan<byte> metadata)
    {
        var shape = new MetadataShape { rest = metadata };
        return shape.TryStruct(0) && shape.rest.IsEmpty;
    }

    private bool TryStruct(int nesting)
    {
        while (TryByte(out byte header))
        {
            if (header == 0)
            {
                return true;
            }

            bool hasLongId = header >> 4 == 0;
            var type = (FieldType)(header & 0x0F);
            bool isBool = type is FieldType.True or FieldType.False;
            if ((hasLongId && !TryVarint(out _)) || (!isBool && !TryValue(type, nesting + 1)))
            {
                return false;
            }
        }

        return false;
    }

    private bool TryValue(FieldType type, int nesting)
    {
        if (nesting > MostNesting)
        {
            return false;
        }

        return type switch
        {
            // Within a list a bool takes a byte.
            FieldType.True or FieldType.False or FieldType.Byte => TrySkip(1),
            FieldType.Int16 or FieldType.Int32 or FieldType.Int64 => TryVarint(out _),
            FieldType.Double => TrySkip(8),
            FieldType.Binary => TryVarint(out ulong length) && TrySkip(length),
            FieldType.List or FieldType.Set => TryList(nesting),
            FieldType.Map => TryMap(nesting),
            FieldType.Struct => TryStruct(nesting),
            _ => false,
        };
    }

    private bool TryList(int nesting)
    {
        if (!TryByte(out byte header))
        {
            return false;
        }

        ulong count = (ulong)header >> 4;
        return (count < 15 || TryVarint(out count)) && TryMany(count, (FieldType)(header & 0x0F), null, nesting);
    }

    private bool TryMap(int nesting)
    {
        if (!TryVarint(out ulong count))
        {
            return false;
        }

        return count == 0 || (TryByte(out byte types) && TryMany(count, (FieldType)(types >> 4), (FieldType)(types & 0x0F), nesting));
    }

    private bool TryMany(ulong count, FieldType first, FieldType? second, int nesting)
    {
        // Every value takes a byte at least.
        if (count > (ulong)rest.Length)
        {
            return false;
        }

        for (ulong i = 0; i < count; i++)
        {
            if (!TryValue(first, nesting + 1) || (second is { } other && !TryValue(other, nesting + 1)))
            {
                return false;
            }
        }

        return true;
    }

    private bool TryByte(out byte value)
    {
        value = rest.IsEmpty ? (byte)0 : rest[0];
        return TrySkip(1);
    }

    private bool TryVarint(out ulong value)
    {
        value = 0;
        for (int shift = 0; shift < 70; shift += 7)
        {
            if (!TryByte(out byte part))
            {
                return false;
            }

            value |= (ulong)(part & 0x7F) << shift;
            if (part < 0x80)
            {
                return true;
            }
        }

        return false;
    }

    private bool TrySkip(ulong count)
    {
        if (count > (ulong)rest.Length)
        {
            return false;
        }

        rest = rest[(int)count..];
        return true;
    }
}
