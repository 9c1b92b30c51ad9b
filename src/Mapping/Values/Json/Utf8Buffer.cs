using System.Buffers;
using System.Buffers.Binary;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Mapping.Values.Json;

/// <summary>A growable byte buffer, kept and reused by its owner. A class of its own so that the writers' calls are direct and inlined.</summary>
internal sealed class Utf8Buffer : IBufferWriter<byte>
{
    private static readonly ulong TrueText = BinaryPrimitives.ReadUInt64LittleEndian("true    "u8);
    private static readonly ulong FalseText = BinaryPrimitives.ReadUInt64LittleEndian("false   "u8);

    private byte[] bytes;

    public Utf8Buffer(int capacity = 256) => bytes = new byte[Math.Max(capacity, 16)];

    public int Length { get; private set; }

    /// <summary>Valid until the next write.</summary>
    public byte[] Array => bytes;

    public ReadOnlySpan<byte> WrittenSpan => bytes.AsSpan(0, Length);

    /// <summary>The byte written last; something must have been.</summary>
    public byte Last
    {
        get => bytes[Length - 1];
        set => bytes[Length - 1] = value;
    }

    public void Clear() => Length = 0;

    /// <summary>Gives back to the length it had before.</summary>
    public void Truncate(int length)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)length, (uint)Length);
        Length = length;
    }

    /// <summary>At least <paramref name="sizeHint"/> free bytes, to be claimed by <see cref="Advance"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Span<byte> GetSpan(int sizeHint = 0)
    {
        if (bytes.Length - Length < Math.Max(sizeHint, 1))
        {
            Grow(Math.Max(sizeHint, 1));
        }

        return bytes.AsSpan(Length);
    }

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        GetSpan(sizeHint);
        return bytes.AsMemory(Length);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Advance(int count)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)count, (uint)(bytes.Length - Length));
        Length += count;
    }

    /// <summary>Where so many free bytes begin, to be written without a check and claimed by <see cref="Claim"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref byte Room(int size)
    {
        if (bytes.Length - Length < size)
        {
            Grow(size);
        }

        return ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(bytes), Length);
    }

    /// <summary>The last place that has so many free bytes; for those that <see cref="Room"/> gave.</summary>
    public ref byte LastRoom(int size) => ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(bytes), bytes.Length - size);

    public void Claim(int count)
    {
        Debug.Assert((uint)count <= (uint)(bytes.Length - Length), "what is claimed was asked for");
        Length += count;
    }

    /// <summary>Claims all that lies before a place within the <see cref="Room"/>.</summary>
    public void ClaimUpTo(ref byte place)
    {
        Length = (int)Unsafe.ByteOffset(ref MemoryMarshal.GetArrayDataReference(bytes), ref place);
        Debug.Assert((uint)Length <= (uint)bytes.Length, "what is claimed was asked for");
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Append(ReadOnlySpan<byte> text)
    {
        text.CopyTo(MemoryMarshal.CreateSpan(ref Room(text.Length), text.Length));
        Length += text.Length;
    }

    /// <summary>A part of an array; see <see cref="ByteCopy"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Append(byte[] owner, int offset, int length)
    {
        byte[] target = bytes;
        int at = Length;
        if (ByteCopy.TryShort(owner, offset, length, target, at))
        {
            Length = at + length;
        }
        else
        {
            AppendLong(owner, offset, length);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void AppendLong(byte[] owner, int offset, int length) => Append(owner.AsSpan(offset, length));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Append(byte b)
    {
        Room(1) = b;
        Length++;
    }

    public void Append(bool value)
    {
        // One store of eight bytes for either word.
        BinaryPrimitives.WriteUInt64LittleEndian(GetSpan(sizeof(ulong)), value ? TrueText : FalseText);
        Length += value ? 4 : 5;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Grow(int room)
    {
        long size = Math.Min(Math.Max(2L * bytes.Length, (long)Length + room), System.Array.MaxLength);
        if (size < (long)Length + room)
        {
            throw new InvalidOperationException("more than 2 GiB of output");
        }

        System.Array.Resize(ref bytes, (int)size);
    }
}
